/** Two people, one record: which of the fields one has touched someone else has changed meanwhile. */
import type { RecordData } from "@/api/types";
import type { Values } from "../useRecord";

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * `touched` is what one typed, `seen` what stood there when one began. A field only the other changed is no conflict:
 * their change stays. A field both set to the same value is none either.
 */
export function conflictsOf(latest: RecordData, touched: Values, seen: Values): string[] {
  return Object.keys(touched).filter(
    (field) => field in seen && !same(latest[field], seen[field]) && !same(latest[field], touched[field]),
  );
}

/** What there is to save: touched fields that differ from the record as it is now. */
export function changesOf(latest: RecordData, touched: Values): Values {
  return Object.fromEntries(
    Object.entries(touched)
      .filter(([field, value]) => !same(value, latest[field]))
      .map(([field, value]) => [field, value ?? null]),
  );
}
