/** What receivables add to the engine's pages. The app gives the labels: they are needed before the pages. */
import { Hourglass } from "lucide-react";
import { addActionDialog } from "@/engine/records/actions/dialogs";
import { addActionGate } from "@/engine/records/actions/gates";
import { addRecordCard } from "@/engine/records/cards";
import { addListTool } from "@/engine/views/tools";
import { lazyPart } from "@/kit";
import type { PaperMoney } from "./model";
import { paperMoney } from "./paper-money";

const PlanDialog = lazyPart(async () => (await import("./PlanDialog")).PlanDialog);
const PaperCard = lazyPart(async () => (await import("./PaperCard")).PaperCard);

export function addReceivablesTools(labels: { ageing: () => string }): void {
  for (const object of ["contract", "sales_order"]) {
    addActionDialog(object, "plan_payments", PlanDialog);
    addRecordCard({ key: `money-${object}`, object, Card: PaperCard });
  }
  addActionGate<PaperMoney>("sales_order", "release_credit", (order) => ({
    ...paperMoney("sales_order", order),
    select: ({ held }) => held === true,
  }));
  addActionDialog(
    "payment",
    "allocate",
    lazyPart(async () => (await import("./AllocateDialog")).AllocateDialog),
  );
  addRecordCard({
    key: "credit",
    object: "customer",
    Card: lazyPart(async () => (await import("./CreditCard")).CreditCard),
  });
  for (const object of ["payment_plan", "payment", "invoice"])
    addListTool({ key: `ageing-${object}`, object, icon: Hourglass, label: labels.ageing, path: "/receivables" });
}
