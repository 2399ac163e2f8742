import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { HistoryEntry, Page } from "@/api/types";

/** What was changed, newest first; of one field, where one is named. */
export function useHistory(object: string, id: string, field?: string) {
  const found = useInfiniteQuery({
    queryKey: keys.history(object, id, field),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<HistoryEntry>>(`/${object}/${id}/history`, {
        query: { field, cursor: pageParam, limit: field ? 8 : 50 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.next,
  });
  return { ...found, entries: found.data?.pages.flatMap((page) => page.data) ?? [] };
}
