import type { RecordData } from "@/api/types";

/** The next best offers of a customer, with their reasons. */
export function Offers(_: { customer: RecordData }) {
  return null;
}
