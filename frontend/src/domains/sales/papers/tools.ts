/** What papers add to the engine's pages. The app gives the labels: they are needed before the pages. */
import { FileText, Printer } from "lucide-react";
import { addRecordTool } from "@/engine/records/actions/tools";

/** Objects whose records are printed. */
const PRINTED = ["quote", "contract"];

export function addPaperTools(labels: { print: () => string; link: () => string }): void {
  for (const object of PRINTED)
    addRecordTool({
      key: `print-${object}`,
      object,
      icon: Printer,
      label: labels.print,
      file: (record) => `/api/v1/papers/${object}/${record.id}/pdf`,
    });
  addRecordTool({
    key: "offer-link",
    object: "quote",
    icon: FileText,
    label: labels.link,
    path: (record) => `/offer-links?record=${record.id}`,
    isShown: (object) => object.can.edit,
  });
}
