import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { Choices, Counted, Difference, Notice, NoticeRow, Purpose } from "./model";

const KEY = ["privacy"] as const;

/** What can be chosen; the same for everybody, so it is asked for once. */
export function useChoices() {
  return useQuery({
    queryKey: [...KEY, "choices"],
    queryFn: ({ signal }) => api.get<Choices>("/privacy/choices", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function usePurposes() {
  return useQuery({
    queryKey: [...KEY, "purposes"],
    queryFn: ({ signal }) => api.get<{ data: Purpose[]; consents: Counted[] }>("/privacy/purposes", { signal }),
  });
}

export function useNotices() {
  return useQuery({
    queryKey: [...KEY, "notices"],
    queryFn: async ({ signal }) => (await api.get<{ data: NoticeRow[] }>("/privacy/notices", { signal })).data,
  });
}

export function useNotice(id: string | undefined) {
  return useQuery({
    queryKey: [...KEY, "notice", id],
    queryFn: ({ signal }) => api.get<Notice>(`/privacy/notices/${id}`, { signal }),
    enabled: Boolean(id),
  });
}

export function useDifference(id: string, old: number, version: number) {
  return useQuery({
    queryKey: [...KEY, "difference", id, old, version],
    queryFn: ({ signal }) =>
      api.get<Difference>(`/privacy/notices/${id}/difference`, { query: { old: String(old) }, signal }),
  });
}

/** A change of anything on the desk; what is shown is asked for anew. */
export function useChange<V, T = unknown>(run: (given: V) => Promise<T>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: run, onSuccess: () => client.invalidateQueries({ queryKey: KEY }) });
}

/** Saves a row of the desk: a new one by POST, a known one by PATCH under its version. */
export function useSave<B extends object, T = unknown>(path: string) {
  return useChange<{ id?: string; version?: number; body: B }, T>(({ id, version, body }) =>
    id ? api.patch<T>(`${path}/${id}`, body, { version }) : api.post<T>(path, body),
  );
}

export function useRemove(path: string) {
  return useChange<string>((id) => api.delete(`${path}/${id}`));
}
