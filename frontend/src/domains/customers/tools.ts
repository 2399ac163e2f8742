/** What customers add to the engine's pages. The app gives the labels: they are needed before the pages. */
import { Building2 } from "lucide-react";
import { addRecordTool } from "@/engine/records/actions/tools";

export function addCustomerTools(labels: { lookup: () => string }): void {
  addRecordTool({
    key: "company-lookup",
    object: "customer",
    icon: Building2,
    label: labels.lookup,
    path: (record) => `/company-lookup?record=${record.id}`,
    isShown: (object) => object.can.edit,
  });
}
