import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Id } from "@/api";
import type {
  Balance,
  Desk,
  Given,
  MyQueue,
  PersonLimits,
  Queue,
  Rule,
  RuleBody,
  Setup,
  Simulation,
  Target,
  Waiting,
} from "./model";

const KEY = ["assignment"] as const;

export const useSetup = () =>
  useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.get<Setup>("/assignment", { signal }) });

export const useWhy = (lead: Id) =>
  useQuery({
    // Below the record's own: who changes the lead asks anew.
    queryKey: ["records", "lead", lead, "assignment"],
    queryFn: ({ signal }) =>
      api.get<{ current: Given | null; history: Given[] }>(`/assignment/leads/${lead}`, { signal }),
    retry: false,
  });

export function useSetupChanges() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: KEY });
  return {
    desk: useMutation({
      mutationFn: ({ version, ...body }: Partial<Desk> & { version: number }) =>
        api.patch<Desk>("/assignment", { ...body, version }),
      onSuccess,
    }),
    rule: useMutation({
      mutationFn: ({ rule, body }: { rule: Rule | null; body: Partial<RuleBody> }) =>
        rule
          ? api.patch<Rule>(`/assignment/rules/${rule.id}`, { ...body, version: rule.version })
          : api.post<Rule>("/assignment/rules", body),
      onSuccess,
    }),
    order: useMutation({ mutationFn: (ids: Id[]) => api.put("/assignment/rules", { ids }), onSettled: onSuccess }),
    removeRule: useMutation({ mutationFn: (id: Id) => api.delete(`/assignment/rules/${id}`), onSuccess }),
    queue: useMutation({
      mutationFn: ({ queue, body }: { queue: Queue | null; body: Pick<Queue, "name" | "members"> }) =>
        queue
          ? api.patch<Queue>(`/assignment/queues/${queue.id}`, { ...body, version: queue.version })
          : api.post<Queue>("/assignment/queues", body),
      onSuccess,
    }),
    removeQueue: useMutation({ mutationFn: (id: Id) => api.delete(`/assignment/queues/${id}`), onSuccess }),
    person: useMutation({
      mutationFn: ({ id, body }: { id: Id; body: Partial<PersonLimits> }) => api.put(`/assignment/people/${id}`, body),
      onSuccess,
    }),
  };
}

export const useSimulation = (days: number) =>
  useQuery({
    queryKey: [...KEY, "simulation", days],
    queryFn: ({ signal }) => api.post<Simulation>("/assignment/simulation", { days }, { signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

export const usePreview = () =>
  useMutation({ mutationFn: (people: Target[]) => api.post<Balance>("/assignment/rebalance/preview", { people }) });

export function useEvenOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ people, moves }: { people: Target[]; moves: Balance["moves"] }) =>
      api.post<{ moved: number; left: number }>("/assignment/rebalance", {
        people,
        moves: moves.map(({ lead, from, to }) => ({ lead, from, to })),
      }),
    onSuccess: () =>
      Promise.all([client.invalidateQueries({ queryKey: KEY }), client.invalidateQueries({ queryKey: ["records"] })]),
  });
}

const QUEUES = [...KEY, "queues"] as const;

export const useMyQueues = () =>
  useQuery({
    queryKey: QUEUES,
    queryFn: async ({ signal }) => (await api.get<{ data: MyQueue[] }>("/assignment/queues", { signal })).data,
  });

export const useWaiting = (queue: Id) =>
  useQuery({
    queryKey: [...QUEUES, queue],
    queryFn: async ({ signal }) =>
      (await api.get<{ data: Waiting[] }>(`/assignment/queues/${queue}/leads`, { signal })).data,
    // Others take from the same queue.
    refetchInterval: 30_000,
  });

export function useTake(queue: Id) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (lead: Id | null) => api.post<{ lead: Id }>(`/assignment/queues/${queue}/take`, { lead }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: QUEUES }),
        client.invalidateQueries({ queryKey: ["records"] }),
      ]),
  });
}
