/**
 * How near a day is, for fields that ask for something: late is red, today and tomorrow plain and amber.
 * A field is such a one by its metadata (`config.due`, or a key that says so), never by its object.
 */
import type { Field } from "@/api/types";

export type Nearness = "late" | "soon" | null;

export const isDue = (field: Pick<Field, "config" | "key">): boolean =>
  field.config.due === true || (field.config.due !== false && ASKING.test(field.key));

/** Keys are stable words of the schema: `next_contact_at`, `due_at`. */
const ASKING = /^(next|due)_/;

export function nearness(days: number | null): Nearness {
  if (days === null) return null;
  if (days < 0) return "late";
  return days === 1 || days === 2 ? "soon" : null;
}
