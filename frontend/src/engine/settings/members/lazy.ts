import { lazyDialog } from "@/kit";

export const EntryOf = lazyDialog(async () => (await import("./MemberEntryDrawer")).MemberEntryDrawer);
