import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { FilterNode } from "@/api/types";
import type { Check, ObjectSummary, Repair, Review, Run, Settings } from "./model";

export function useOverview() {
  return useQuery({
    queryKey: ["quality"],
    queryFn: async ({ signal }) => (await api.get<{ data: ObjectSummary[] }>("/quality", { signal })).data,
  });
}

export function useReview(object: string | undefined) {
  return useQuery({
    queryKey: ["quality", object],
    queryFn: ({ signal }) => api.get<Review>(`/quality/${object}`, { signal }),
    enabled: object !== undefined,
  });
}

export function useMeasure(object: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<Review>(`/quality/${object}/measure`, {}),
    onSuccess: (review) => {
      client.setQueryData(["quality", object], review);
      return client.invalidateQueries({ queryKey: ["quality"], exact: true });
    },
  });
}

export function useSaveSettings(object: string) {
  return useMutation({
    mutationFn: ({ version, ...body }: Partial<Settings> & { version: number }) =>
      api.patch<Settings>(`/quality/${object}`, body, { version }),
  });
}

export function useRepairs(object: string) {
  return useQuery({
    queryKey: ["quality", object, "repairs"],
    queryFn: ({ signal }) => api.get<{ data: Repair[]; runs: Run[] }>(`/quality/${object}/repairs`, { signal }),
    // A large repair goes on by itself: look again until it is done.
    refetchInterval: (query) => (query.state.data?.runs.some((run) => run.state === "running") ? 2000 : false),
  });
}

export function useRepair(object: string) {
  return useChange(object, (key: string) => api.post<Run>(`/quality/${object}/repairs/${key}`, {}));
}

export function useUndoRun(object: string) {
  return useChange(object, (batch: string) =>
    api.post<{ affected: number; skipped: number }>(`/${object}/bulk`, { op: "undo", batch }),
  );
}

/** The list of a check that a filter cannot say. */
export async function workList(object: string, check: Check, field = ""): Promise<FilterNode> {
  const found = await api.get<{ filter: FilterNode }>(`/quality/${object}/worklist`, { query: { check, field } });
  return found.filter;
}

function useChange<T>(object: string, change: (key: string) => Promise<T>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["quality", object] }),
        client.invalidateQueries({ queryKey: keys.records(object) }),
      ]),
  });
}
