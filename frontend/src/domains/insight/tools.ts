/** What insight adds to the engine's pages. The app gives the label: it is needed before the page. */
import { Activity } from "lucide-react";
import { addRecordCard } from "@/engine/records/cards";
import { addListTool } from "@/engine/views/tools";
import { lazyPart } from "@/kit";

export function addInsightTools(labels: { insight: () => string }): void {
  addRecordCard({
    key: "insight",
    object: "customer",
    Card: lazyPart(async () => (await import("./InsightCard")).InsightCard),
  });
  addListTool({ key: "insight", object: "customer", icon: Activity, label: labels.insight, path: "/insight" });
}
