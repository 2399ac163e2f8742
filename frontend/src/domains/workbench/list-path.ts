import type { FilterNode } from "@/api";
import { BLANK, parseSort, writeState } from "@/engine/views/url-state";

/** The list that shows exactly the records behind a figure. */
export function listPath(object: string, filter: FilterNode | null, sort?: string): string {
  return `/o/${object}?${writeState({ ...BLANK, kind: "table", filter, sort: sort ? parseSort(sort) : undefined })}`;
}

export const recordPath = (record: { object: string; id: string }) => `/o/${record.object}/${record.id}`;
