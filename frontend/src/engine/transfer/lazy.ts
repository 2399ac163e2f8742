import { lazyDialog } from "@/kit";

export const Export = lazyDialog(async () => (await import("./ExportDialog")).ExportDialog);
