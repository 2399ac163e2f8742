import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, keys, type Notice, type Page } from "@/api";

interface NoticePage extends Page<Notice> {
  unread_count: number;
}

const load = (unread: boolean, cursor: string | null, signal: AbortSignal) =>
  api.get<NoticePage>("/notifications", { query: { unread: unread || undefined, cursor, limit: 30 }, signal });

/** The newest page; the bell and the phone's badge read its unread_count. */
export function useNotices() {
  return useQuery({
    queryKey: [...keys.notices, "head"],
    queryFn: ({ signal }) => load(false, null, signal),
    staleTime: 60_000,
  });
}

export function useUnreadCount(): number {
  return useNotices().data?.unread_count ?? 0;
}

export function useNoticeList(unread: boolean) {
  return useInfiniteQuery({
    queryKey: [...keys.notices, "list", unread],
    queryFn: ({ signal, pageParam }) => load(unread, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.next,
  });
}

export function useMarkRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (what: { ids: string[] } | { all: true }) => api.post("/notifications/read", what),
    onSettled: () => client.invalidateQueries({ queryKey: keys.notices }),
  });
}
