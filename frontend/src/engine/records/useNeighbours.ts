import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { keys } from "@/api/keys";
import type { Page, RecordData } from "@/api/types";

/** The records before and after this one in the list one came from, as far as it is loaded. */
export function useNeighbours(object: string, id: string) {
  const client = useQueryClient();
  const lists = client.getQueriesData<InfiniteData<Page<RecordData>>>({ queryKey: [...keys.records(object), "list"] });
  for (const [, data] of lists.reverse()) {
    const pages = Array.isArray(data?.pages) ? data.pages : [];
    const records = pages.flatMap((page) => page.data);
    const index = records.findIndex((record) => record.id === id);
    if (index < 0 || records.length < 2) continue;
    const total = pages[0]?.page.count?.value ?? records.length;
    return { index, total, previous: records[index - 1]?.id, next: records[index + 1]?.id };
  }
  return null;
}
