import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { Label, LinkRef } from "@/api/types";

export const DOORS = ["form", "import", "api", "public"] as const;
export const MODES = ["strict", "warn", "off"] as const;
export type Door = (typeof DOORS)[number];
export type Mode = (typeof MODES)[number];

export interface Part {
  field: string;
  normal: string;
  label?: Label | null;
}

export interface Rule {
  key: string;
  standard: boolean;
  label: Label | null;
  parts: Part[];
  doors: Record<Door, Mode>;
  is_active: boolean;
  is_possible: boolean;
  state: "on" | "building" | "blocked";
  progress: { done: number; total: number };
  /** Null for who does not see the rule's fields in every record. */
  report: { groups: number; records: number; sample: LinkRef[][] } | null;
}

export interface RuleList {
  data: Rule[];
  fields: { key: string; label: Label; normals: string[] }[];
  normals: { key: string; label: Label }[];
}

const keyOf = (object: string) => ["identity-rules", object] as const;
const path = (object: string) => `/meta/objects/${object}/identity`;

export function useIdentityRules(object: string) {
  return useQuery({
    queryKey: keyOf(object),
    queryFn: ({ signal }) => api.get<RuleList>(path(object), { signal }),
    refetchInterval: (query) => (query.state.data?.data.some((rule) => rule.state === "building") ? 1500 : false),
  });
}

type Draft = Partial<Pick<Rule, "parts" | "doors" | "is_active" | "label">>;

export function useSaveRule(object: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, body }: { key: string; body: Draft }) => api.put<RuleList>(`${path(object)}/${key}`, body),
    onSuccess: (list) => client.setQueryData(keyOf(object), list),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keyOf(object) });
      void client.invalidateQueries({ queryKey: keys.schema });
    },
  });
}

export function useDeleteRule(object: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) => api.delete(`${path(object)}/${key}`),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(object) }),
  });
}

export function useCheckRule(object: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) => api.post(`${path(object)}/${key}/check`),
    // The check is a job of a moment: look a little later.
    onSuccess: () => setTimeout(() => void client.invalidateQueries({ queryKey: keyOf(object) }), 1200),
  });
}
