import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { Label, LinkRef, RecordData, Ref } from "@/api/types";

export interface PreviewField {
  key: string;
  label: Label;
  values: Record<string, unknown>;
  /** The record whose value is proposed; null where all are kept. */
  proposed: string | null;
  together: boolean;
  differs: boolean;
  filled: boolean;
}

export interface MergePreview {
  survivor: string;
  records: { id: string; title: string; version: number; owner: Ref | null; created_at: string; updated_at: string }[];
  fields: PreviewField[];
  moves: { object: string; label: Label; field: string; field_label: Label; counts: Record<string, number> }[];
}

export interface Left {
  object: string;
  record: LinkRef | null;
  reason: "changed" | "deleted" | "merged" | "linked" | "refused";
  by: Ref | null;
  at: string | null;
  detail: { fields?: Label[]; label?: Label; count?: number; message?: Label };
}

interface Unmerged {
  restored: string[];
  moved_back: number;
  left: Left[];
}

export interface Merge {
  batch: string;
  at: string;
  until: string;
  records: { id: string; title: string }[];
}

export function useMergePreview(object: string, ids: string[], survivor: string | null) {
  return useQuery({
    queryKey: ["merge", object, ids, survivor],
    queryFn: ({ signal }) =>
      api.post<MergePreview>(`/${object}/merge/preview`, { ids, ...(survivor ? { survivor } : {}) }, { signal }),
    enabled: ids.length > 1 && ids.length <= 20,
    placeholderData: (before) => before,
    retry: false,
  });
}

export function useMerge(object: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { ids: string[]; survivor: string; choose: Record<string, string> }) =>
      api.post<{ record: RecordData; batch: string; merged: number }>(`/${object}/merge`, body),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.records(object) }),
        client.invalidateQueries({ queryKey: ["duplicates", object] }),
      ]),
  });
}

export function useMerges(object: string, id: string) {
  return useQuery({
    queryKey: [...keys.record(object, id), "merges"],
    queryFn: async ({ signal }) => (await api.get<{ data: Merge[] }>(`/${object}/${id}/merges`, { signal })).data,
  });
}

export function useUnmerge(object: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (batch: string) => api.post<Unmerged>(`/${object}/${id}/unmerge`, { batch }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.records(object) }),
  });
}
