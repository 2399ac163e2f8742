import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { FilterNode, RecordData } from "@/api/types";

export type Unit = "days" | "months" | "years";
export type Action = "archive" | "anonymise" | "erase";
export const UNITS: Unit[] = ["days", "months", "years"];
export const ACTIONS: Action[] = ["archive", "anonymise", "erase"];

export interface RuleBody {
  name: string;
  object_key: string;
  filter: FilterNode | null;
  age_field: string;
  or_created: boolean;
  period: number;
  unit: Unit;
  action: Action;
  fields: string[];
}

export interface RetentionRule extends RuleBody {
  id: string;
  enabled: boolean;
  tried: boolean;
  last_run_on: string | null;
  version: number;
}

export interface RetentionRun {
  id: string;
  name: string;
  object: string;
  action: Action;
  state: "running" | "done" | "failed" | "undone";
  done: number;
  held: number;
  refused: number;
  started_at: string;
  can_undo: boolean;
}

export interface Trial {
  count: number;
  exact: boolean;
  held: number;
  before: string;
  filter: FilterNode;
  samples: RecordData[];
}

export function useRetention() {
  return useQuery({
    queryKey: ["privacy", "retention"],
    queryFn: ({ signal }) => api.get<{ data: RetentionRule[]; runs: RetentionRun[] }>("/privacy/retention", { signal }),
    refetchInterval: (query) => (query.state.data?.runs.some((run) => run.state === "running") ? 2000 : false),
  });
}
