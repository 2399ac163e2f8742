/** What the finder's pages ask of the server. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { Label, RecordData } from "@/api/types";
import { useProblem } from "@/kit";

export interface Run {
  id: string;
  rule: string;
  state: "queued" | "running" | "done" | "failed";
  progress: number;
  records: number;
  clusters: number;
  capped: { blocks?: number; largest_block?: number };
  error: Label | null;
  merging: { state: string; total: number; done: number; refused: number } | null;
  created_at: string;
  finished_at: string | null;
}

export interface Latest {
  data: Run | null;
  rules: { key: string; label: Label }[];
  default_rule: string;
  can_run: boolean;
  can_merge_all: boolean;
}

export interface Reason {
  fields: string[];
  label: Label;
  level: string;
  text: Label;
  bits: number;
}

export interface Cluster {
  id: string;
  score: number;
  state: QueueState;
  size: number;
  records: RecordData[];
  pairs: { a: string; b: string; score: number; reasons: Reason[] }[];
}

export type QueueState = "open" | "later";
export interface Counted {
  clusters: number;
  records: number;
  removed: number;
}

interface ClusterPage {
  data: Cluster[];
  page: { next: string | null };
}

const base = (object: string) => `/${object}/duplicates`;
const key = (object: string) => ["duplicates", object] as const;
const busy = (latest?: Latest) =>
  latest?.data?.state === "queued" || latest?.data?.state === "running" || latest?.data?.merging?.state === "running";

/** Asked again and again only while something is going on. */
export function useLatestRun(object: string) {
  return useQuery({
    queryKey: [...key(object), "run"],
    queryFn: ({ signal }) => api.get<Latest>(`${base(object)}/runs/latest`, { signal }),
    refetchInterval: (query) => (busy(query.state.data) ? 1000 : false),
  });
}

export function useClusters(object: string, state: QueueState, run?: Run | null) {
  return useInfiniteQuery({
    queryKey: [...key(object), "clusters", state, run?.id, run?.state, run?.merging?.state],
    queryFn: ({ pageParam, signal }) =>
      api.get<ClusterPage>(`${base(object)}/clusters`, { query: { state, cursor: pageParam }, signal }),
    initialPageParam: "",
    getNextPageParam: (last) => last.page.next ?? undefined,
    enabled: run?.state === "done",
  });
}

function useChange<V, R>(object: string, change: (given: V) => Promise<R>, then?: (answer: R) => void) {
  const client = useQueryClient();
  const say = useProblem();
  return useMutation({
    mutationFn: change,
    onSuccess: then,
    onError: (error) => say(error),
    onSettled: () => client.invalidateQueries({ queryKey: key(object) }),
  });
}

export const useStartRun = (object: string) =>
  useChange(object, (rule: string) => api.post<Run>(`${base(object)}/runs`, { rule }));

export const useDecide = (object: string, then: () => void) =>
  useChange(
    object,
    ({ id, decision }: { id: string; decision: "different" | "later" | "open" }) =>
      api.post<{ state: string }>(`${base(object)}/clusters/${id}/decide`, { decision }),
    (answer) => answer.state === "different" && then(),
  );

export function useMergeRecords(object: string, then: () => void) {
  const client = useQueryClient();
  return useChange(
    object,
    ({ id, others }: { id: string; others: string[] }) =>
      api.post(`/${object}/${id}/actions/merge`, { others, values: {} }),
    () => {
      then();
      void client.invalidateQueries({ queryKey: keys.records(object) });
    },
  );
}

export function useCounted(object: string, threshold: number, enabled: boolean) {
  return useQuery({
    queryKey: [...key(object), "count", threshold],
    queryFn: () => api.post<Counted>(`${base(object)}/merge/preview`, { threshold }),
    enabled,
  });
}

export const useMergeAll = (object: string, then: () => void) =>
  useChange(
    object,
    (given: { threshold: number; expect: number }) => api.post<Run>(`${base(object)}/merge`, given),
    then,
  );
