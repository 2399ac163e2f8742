import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Id, type Label } from "@/api";
import type { FilterNode } from "@/api/types";

export type Kind = "user" | "team" | "role";
export type Level = "read" | "edit";

export interface RuleBody {
  name: Label;
  object: string;
  filter: FilterNode | null;
  to_kind: Kind;
  to: string;
  with_below: boolean;
  level: Level;
  enabled: boolean;
}
export interface SharingRule extends RuleBody {
  id: Id;
  version: number;
  broken: boolean;
}
export interface Opens {
  /** Null where the condition asks for fields one does not read oneself. */
  matching: number | null;
  exact: boolean;
  /** False where records are out of one's sight: only those one sees were counted. */
  whole: boolean;
  fresh: number | null;
  cap: number;
}

const KEY = ["sharing-rules"] as const;

export const useSharingRules = () =>
  useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await api.get<{ data: SharingRule[] }>("/sharing-rules", { signal })).data,
  });

export const useOpens = (rule: Pick<RuleBody, "object" | "filter" | "to_kind" | "to">) =>
  useQuery({
    queryKey: [...KEY, "opens", rule],
    queryFn: ({ signal }) => api.post<Opens>("/sharing-rules/preview", rule, { signal }),
    enabled: rule.object !== "" && rule.to !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });

export function useRuleChanges() {
  const client = useQueryClient();
  const onSuccess = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: KEY }),
      // What everybody sees may be another now, oneself included.
      client.invalidateQueries({ queryKey: ["records"] }),
    ]);
  return {
    save: useMutation({
      mutationFn: ({ rule, body }: { rule: SharingRule | null; body: Partial<RuleBody> }) =>
        rule
          ? api.patch<SharingRule>(`/sharing-rules/${rule.id}`, { ...body, version: rule.version })
          : api.post<SharingRule>("/sharing-rules", body),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (id: Id) => api.delete(`/sharing-rules/${id}`), onSuccess }),
  };
}
