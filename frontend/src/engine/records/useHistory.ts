import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { HistoryEntry, Page } from "@/api/types";

export function useHistory(object: string, id: string) {
  const found = useInfiniteQuery({
    queryKey: keys.history(object, id),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<HistoryEntry>>(`/${object}/${id}/history`, { query: { cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.next,
  });
  return { ...found, entries: found.data?.pages.flatMap((page) => page.data) ?? [] };
}
