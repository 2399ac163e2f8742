import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { Label, LinkRef, Page } from "@/api/types";
import type { Left } from "@/engine/merging/queries";

export interface ChangeSet {
  id: string;
  at: string;
  via: string;
  kind: string;
  object: string;
  object_label: Label | null;
  record: LinkRef | null;
  title: string;
  count: number;
  other_count: number;
  can_undo: boolean;
  undo_state: "running" | "done" | "partial" | null;
  undone: number | null;
  skipped: number | null;
  total: number | null;
  left: Left[];
}

export interface Check {
  total: number;
  count: number;
  left: Left[];
}

const KEY = ["changes"] as const;

/** One's own changes; with `of` the parts of one of them. */
export function useChanges(of?: string) {
  return useInfiniteQuery({
    queryKey: [...KEY, "list", of],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<ChangeSet>>("/changes", { query: { limit: 50, cursor: pageParam, of }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.next,
    // What is being undone in the background is watched until it is over.
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.data.some((row) => row.undo_state === "running")) ? 1500 : false,
  });
}

export const fetchCheck = (id: string) => api.get<ChangeSet & { check: Check | null }>(`/changes/${id}`);

export function useUndo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, partial }: { id: string; partial: boolean }) =>
      api.post<ChangeSet>(`/changes/${id}/undo`, { partial }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: KEY });
      void client.invalidateQueries({ queryKey: ["records"] });
    },
  });
}

export interface Job {
  id: string;
  object: string;
  status: "queued" | "running" | "done" | "failed" | "cancelled";
  progress: { done: number; total: number };
  changed: number;
  unchanged: number;
  refused: number;
  batch: string;
  error: string | null;
}

export const startJob = (body: object) => api.post<Job>("/jobs", body);
export const cancelJob = (id: string) => api.post<Job>(`/jobs/${id}/cancel`);
export const isOver = (job: Job | undefined): boolean =>
  job !== undefined && !["queued", "running"].includes(job.status);

export function useJob(first: Job) {
  return useQuery({
    queryKey: ["job", first.id],
    queryFn: ({ signal }) => api.get<Job>(`/jobs/${first.id}`, { signal }),
    initialData: first,
    refetchInterval: (query) => (isOver(query.state.data) ? false : 800),
  });
}
