/** What customers add to the engine's pages. Labels stand with the app's own words: they are needed before the pages. */
import { Building2 } from "lucide-react";
import { appMessages } from "@/app/locales";
import { addRecordTool } from "@/engine/records/actions/tools";

export function addCustomerTools(): void {
  addRecordTool({
    key: "company-lookup",
    object: "customer",
    icon: Building2,
    label: () => appMessages.t("customers.lookup"),
    path: (record) => `/company-lookup?record=${record.id}`,
    isShown: (object) => object.can.edit,
  });
}
