/** What sales adds to the engine's pages. The app gives the labels: they are needed before the pages. */
import { Hand, Target } from "lucide-react";
import { addRecordCard } from "@/engine/records/cards";
import { addFormHints } from "@/engine/records/form/hints";
import { addListTool } from "@/engine/views/tools";
import { lazyPart } from "@/kit";

const KnownCard = lazyPart(async () => (await import("./leads/KnownCard")).KnownCard);
const KnownHints = lazyPart(async () => (await import("./leads/KnownHints")).KnownHints);
const WhyCard = lazyPart(async () => (await import("./assignment/WhyCard")).WhyCard);
const StageCard = lazyPart(async () => (await import("./pipeline/StageCard")).StageCard);
const SimilarCard = lazyPart(async () => (await import("./pipeline/SimilarCard")).SimilarCard);

export function addSalesTools(labels: { queues: () => string; forecast: () => string }): void {
  addRecordCard({ key: "known", object: "lead", Card: KnownCard });
  addFormHints("lead", KnownHints);
  addRecordCard({ key: "assignment", object: "lead", Card: WhyCard });
  addRecordCard({ key: "stage", object: "opportunity", Card: StageCard });
  addRecordCard({ key: "similar", object: "opportunity", Card: SimilarCard });
  addListTool({ key: "forecast", object: "opportunity", icon: Target, label: labels.forecast, path: "/forecast" });
  addListTool({
    key: "lead-queues",
    object: "lead",
    icon: Hand,
    label: labels.queues,
    path: "/lead-queues",
    isShown: (object) => object.can.edit,
  });
}
