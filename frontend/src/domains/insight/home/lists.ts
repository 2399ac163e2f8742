import type { FilterNode } from "@/api";
import { BLANK, writeState } from "@/engine/views/url-state";

/** The list of the customers behind a figure. */
export const listOf = (filter: FilterNode | null) => `/o/customer?${writeState({ ...BLANK, kind: "table", filter })}`;

export const where = (field: string, value: string | number): FilterNode =>
  ({ field: `insight_${field}`, op: "is", value }) as FilterNode;

export const both = (...parts: FilterNode[]): FilterNode => ({ and: parts }) as FilterNode;
