/** From a photo to a draft: what the server read, grouped by record and field, the surest value first. */
import type { components } from "@/api/generated";

export type Scan = components["schemas"]["CardScan"];
export type ScannedCard = components["schemas"]["ScannedCard"];
export type CardValue = components["schemas"]["CardValue"];
export type Draft = Record<"contact" | "customer", Record<string, string>>;

/** Below this a person should look twice. */
export const SURE = 0.8;

/** The surest reading of each field. */
export function bestValues(card: ScannedCard): Record<"contact" | "customer", Record<string, CardValue>> {
  const best: Record<"contact" | "customer", Record<string, CardValue>> = { contact: {}, customer: {} };
  for (const value of card.values) best[value.object][value.field] ??= value;
  return best;
}

/** The draft of a card, in the order of the fields on screen. */
export function draftOf(card: ScannedCard): Draft {
  const best = bestValues(card);
  const plain = (values: Record<string, CardValue>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.value]));
  return { contact: plain(best.contact), customer: plain(best.customer) };
}

/** What the server is given: only what is filled in. */
export function filled(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ""));
}
