import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Id, keys, type Label, type Ref } from "@/api";

export interface Share extends Ref {
  count: number;
}
export interface Line {
  key: string;
  label: Label;
  icon: string;
  color: string;
  count: number;
  allowed: boolean;
  shares?: Share[];
}
export interface Work {
  key: string;
  label: Label;
  count: number;
  moves: boolean;
}
export interface HandOver {
  id: Id;
  status: "queued" | "running" | "done" | "failed";
  progress: { done: number; total: number };
  moved: number;
  refused: number;
  error: string | null;
}
export interface WhatThereIs {
  person: Ref & { status: string };
  manager: Ref | null;
  objects: Line[];
  work: Work[];
  total: number;
  last: HandOver | null;
}
export interface Preview {
  objects: Line[];
  people: Share[];
  work: Work[];
  work_to: Ref;
  total: number;
}
export interface Plan {
  to: Id[];
  objects: Record<string, Id[]>;
}

const KEY = "hand-over";
export const isOver = (job: HandOver) => job.status === "done" || job.status === "failed";

export const fetchWhat = (person: Id) => api.get<WhatThereIs>(`/members/${person}/hand-over`);

export const useWhat = (person: Id) =>
  useQuery({ queryKey: [KEY, person, "what"], queryFn: () => fetchWhat(person), gcTime: 0 });

export const usePreview = (person: Id, plan: Plan) =>
  useQuery({
    queryKey: [KEY, person, "preview", plan],
    queryFn: ({ signal }) => api.post<Preview>(`/members/${person}/hand-over/preview`, plan, { signal }),
    enabled: plan.to.length > 0,
    placeholderData: plan.to.length ? keepPreviousData : undefined,
    gcTime: 0,
  });

export const useProgress = (person: Id, job: HandOver | null) =>
  useQuery({
    queryKey: [KEY, person, "job", job?.id],
    queryFn: ({ signal }) => api.get<HandOver>(`/members/${person}/hand-over/${job?.id}`, { signal }),
    enabled: job !== null,
    initialData: job ?? undefined,
    refetchInterval: (query) => (query.state.data && isOver(query.state.data) ? false : 800),
  });

export function useStart(person: Id) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Plan & { deactivate: boolean }) => api.post<HandOver>(`/members/${person}/hand-over`, given),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.members() }),
        client.invalidateQueries({ queryKey: keys.teams }),
      ]),
  });
}
