import { lazyDialog } from "@/kit";

export const RightsOf = lazyDialog(async () => (await import("./RightsDrawer")).RightsDrawer);
