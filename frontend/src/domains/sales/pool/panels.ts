/** What public pools add to the engine's pages. */
import { addRecordPanel } from "@/engine/records/panels";
import { lazyPart } from "@/kit";

const OwnersCard = lazyPart(async () => (await import("./owners/OwnersCard")).OwnersCard);

/** Former owners, on records of objects that have a pool. */
export function addPoolPanels(): void {
  addRecordPanel({
    key: "owners",
    Part: OwnersCard,
    isShown: (object) => (object.fields.find((field) => field.key === "pool")?.options?.length ?? 0) > 0,
  });
}
