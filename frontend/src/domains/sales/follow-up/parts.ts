/** What following up adds to the engine's pages: remarks on what was logged, guests of events, and the way from reports to the review. */
import { ClipboardCheck } from "lucide-react";
import { addRecordPanel } from "@/engine/records/panels";
import { addListTool } from "@/engine/views/tools";
import { lazyPart } from "@/kit";

const RemarksCard = lazyPart(async () => (await import("./remarks/RemarksCard")).RemarksCard);
const GuestsCard = lazyPart(async () => (await import("./guests/GuestsCard")).GuestsCard);
const REMARKED = new Set(["note", "call", "event", "task", "work_report"]);

export function addFollowUpParts(labels: { reviews: () => string }): void {
  addRecordPanel({ key: "guests", Part: GuestsCard, isShown: (object) => object.key === "event" });
  addRecordPanel({ key: "remarks", Part: RemarksCard, isShown: (object) => REMARKED.has(object.key) });
  for (const object of ["note", "call", "event", "work_report"])
    addListTool({ key: `reviews-${object}`, object, icon: ClipboardCheck, label: labels.reviews, path: "/reviews" });
}
