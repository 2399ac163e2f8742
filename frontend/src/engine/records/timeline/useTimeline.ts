import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { Page, TimelineEntry } from "@/api/types";

export function useTimeline(object: string, id: string, kinds: string) {
  const found = useInfiniteQuery({
    queryKey: keys.timeline(object, id, kinds),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<TimelineEntry>>(`/${object}/${id}/timeline`, {
        query: { kinds, cursor: pageParam, limit: 30 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.next,
  });
  return { ...found, entries: found.data?.pages.flatMap((page) => page.data) ?? [] };
}
