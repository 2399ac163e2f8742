/** What orders add to the engine's pages. The app gives the labels: they are needed before the pages. */
import { FileText } from "lucide-react";
import { addActionDialog } from "@/engine/records/actions/dialogs";
import { addRecordTool } from "@/engine/records/actions/tools";
import { lazyPart } from "@/kit";

const GoodsDialog = lazyPart(async () => (await import("./GoodsDialog")).GoodsDialog);

export function addOrderTools(labels: { link: () => string }): void {
  addActionDialog("sales_order", "deliver_order", GoodsDialog);
  addActionDialog("sales_order", "return_goods", GoodsDialog);
  addRecordTool({
    key: "order-link",
    object: "sales_order",
    icon: FileText,
    label: labels.link,
    path: (record) => `/order-links?record=${record.id}`,
    isShown: (object) => object.can.edit,
  });
}
