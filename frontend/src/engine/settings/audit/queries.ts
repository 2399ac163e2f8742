import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, buildUrl } from "@/api/http";
import type { Page } from "@/api/types";
import type { About, Change, Entry, Filters, Watch } from "./model";

const KEY = ["audit"] as const;

export function useEntries(filters: Filters) {
  return useInfiniteQuery({
    queryKey: [...KEY, "list", filters],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Entry>>("/audit", { query: { ...filters, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.next,
  });
}

export function useEntry(id: string) {
  return useQuery({
    queryKey: [...KEY, "entry", id],
    queryFn: ({ signal }) => api.get<Entry & { changes: Change[] }>(`/audit/${id}`, { signal }),
  });
}

export function useAbout(watched: boolean) {
  return useQuery({
    queryKey: [...KEY, "about"],
    queryFn: ({ signal }) => api.get<About>("/audit/about", { signal }),
    refetchInterval: watched ? 1500 : false,
  });
}

export function useVerify() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post("/audit/verify", {}),
    onSuccess: () => client.invalidateQueries({ queryKey: [...KEY, "about"] }),
  });
}

export function useSaveWatch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, ...body }: Watch) => api.patch<Watch>("/audit/settings", body, { version }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export const exportUrl = (filters: Filters, format: "csv" | "xlsx") =>
  buildUrl("/audit/export", { ...filters, format });
