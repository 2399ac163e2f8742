import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Id } from "@/api";
import type { CardBody, CommissionRule, Contest, ContestBody, RuleBody, ScoreCard, Statement } from "./model";

const KEY = ["targets", "pay"] as const;

export const useRules = () =>
  useQuery({
    queryKey: [...KEY, "rules"],
    queryFn: ({ signal }) => api.get<{ rules: CommissionRule[]; may: boolean }>("/targets/commissions", { signal }),
  });

export const useStatement = (rule: Id | undefined, day: string) =>
  useQuery({
    queryKey: [...KEY, "statement", rule, day],
    queryFn: ({ signal }) => api.get<Statement>(`/targets/commissions/${rule}/statement?day=${day}`, { signal }),
    enabled: rule !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });

export const useCards = (day: string) =>
  useQuery({
    queryKey: [...KEY, "cards", day],
    queryFn: ({ signal }) => api.get<{ data: ScoreCard[]; may: boolean }>(`/targets/cards?day=${day}`, { signal }),
    placeholderData: keepPreviousData,
  });

export const useContests = () =>
  useQuery({
    queryKey: [...KEY, "contests"],
    queryFn: ({ signal }) => api.get<{ data: Contest[]; may: boolean }>("/targets/contests", { signal }),
    staleTime: 0,
  });

export const usePreview = () =>
  useMutation({
    mutationFn: (body: { rule: RuleBody; day: string }) => api.post<Statement>("/targets/commissions/preview", body),
  });

export function usePayChanges() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: KEY });
  return {
    rule: useMutation({
      mutationFn: ({ rule, body }: { rule: CommissionRule | null; body: RuleBody }) =>
        rule
          ? api.patch(`/targets/commissions/${rule.id}`, { ...body, version: rule.version })
          : api.post("/targets/commissions", body),
      onSuccess,
    }),
    removeRule: useMutation({ mutationFn: (id: Id) => api.delete(`/targets/commissions/${id}`), onSuccess }),
    close: useMutation({
      mutationFn: ({ rule, day }: { rule: Id; day: string }) => api.post(`/targets/commissions/${rule}/close`, { day }),
      onSuccess,
    }),
    card: useMutation({
      mutationFn: ({ card, body }: { card: ScoreCard | null; body: CardBody }) =>
        card
          ? api.patch(`/targets/cards/${card.id}`, { ...body, version: card.version })
          : api.post("/targets/cards", body),
      onSuccess,
    }),
    contest: useMutation({
      mutationFn: ({ contest, body }: { contest: Contest | null; body: ContestBody }) =>
        contest
          ? api.patch(`/targets/contests/${contest.id}`, { ...body, version: contest.version })
          : api.post("/targets/contests", body),
      onSuccess,
    }),
    removeContest: useMutation({ mutationFn: (id: Id) => api.delete(`/targets/contests/${id}`), onSuccess }),
    removeCard: useMutation({ mutationFn: (id: Id) => api.delete(`/targets/cards/${id}`), onSuccess }),
  };
}
