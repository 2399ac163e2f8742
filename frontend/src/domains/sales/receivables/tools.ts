/** What receivables add to the engine's pages. The app gives the labels: they are needed before the pages. */
import { Hourglass } from "lucide-react";
import { addActionDialog } from "@/engine/records/actions/dialogs";
import { addRecordCard } from "@/engine/records/cards";
import { addListTool } from "@/engine/views/tools";
import { lazyPart } from "@/kit";

export function addReceivablesTools(labels: { ageing: () => string }): void {
  addActionDialog(
    "contract",
    "plan_payments",
    lazyPart(async () => (await import("./PlanDialog")).PlanDialog),
  );
  addActionDialog(
    "payment",
    "allocate",
    lazyPart(async () => (await import("./AllocateDialog")).AllocateDialog),
  );
  addRecordCard({
    key: "money",
    object: "contract",
    Card: lazyPart(async () => (await import("./ContractCard")).ContractCard),
  });
  for (const object of ["payment_plan", "payment"])
    addListTool({ key: `ageing-${object}`, object, icon: Hourglass, label: labels.ageing, path: "/receivables" });
}
