import type { FilterProps } from "../contract";

/** Compared only by being there or not: the operator says it all. */
export function PresenceFilter(_: FilterProps) {
  return null;
}
