import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { FilterNode, Label } from "@/api/types";
import type { Choice } from "./model";

export interface Risk {
  risk: string;
  likelihood: number;
  impact: number;
  measure: string;
}

export interface Assessment {
  id: string;
  title: string;
  triggers: string[];
  answers: Record<string, string>;
  risks: Risk[];
  level: "low" | "medium" | "high";
  conclusion: string;
  state: "draft" | "signed";
  signed_by: string;
  signed_at: string | null;
  keep_until: string | null;
  version: number;
}

export const WORDS = ["what", "data", "cause", "harm", "measures", "advice", "contact"] as const;

export interface Breach extends Record<(typeof WORDS)[number], string> {
  id: string;
  title: string;
  occurred_at: string | null;
  discovered_at: string;
  object_key: string;
  filter: FilterNode | null;
  affected: number | null;
  listed_at: string | null;
  authority_at: string | null;
  authority_reason: string;
  persons_at: string | null;
  persons_reason: string;
  closing: string;
  closed_at: string | null;
  deadline: string;
  version: number;
}

export interface OneBreach extends Breach {
  events: { at: string; text: string; by: string }[];
  rendered: Record<"authority" | "persons", Label>;
}

export function useAssessments() {
  return useQuery({
    queryKey: ["privacy", "assessments"],
    queryFn: ({ signal }) =>
      api.get<{ data: Assessment[]; questions: Choice[]; triggers: Choice[] }>("/privacy/assessments", { signal }),
  });
}

export function useBreaches() {
  return useQuery({
    queryKey: ["privacy", "breaches"],
    queryFn: async ({ signal }) => (await api.get<{ data: Breach[] }>("/privacy/breaches", { signal })).data,
  });
}

export function useBreach(id: string | undefined) {
  return useQuery({
    queryKey: ["privacy", "breach", id],
    queryFn: ({ signal }) => api.get<OneBreach>(`/privacy/breaches/${id}`, { signal }),
    enabled: Boolean(id),
  });
}
