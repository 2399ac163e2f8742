import { lazyDialog } from "@/kit";

export const HandOverOf = lazyDialog(async () => (await import("./HandOverDrawer")).HandOverDrawer);
