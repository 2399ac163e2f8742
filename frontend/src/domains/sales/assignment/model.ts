import type { Id, Label, Ref } from "@/api";
import type { FilterNode } from "@/api/types";

export type Door = "public" | "import" | "api";
export type Method = "turns" | "fewest" | "queue";

export interface Target {
  kind: "user" | "team";
  id: Id;
  weight: number;
}
export interface Hours {
  stretches: [string, string][];
  weekdays: number[] | null;
}
export interface Desk {
  enabled: boolean;
  doors: Door[];
  hours: Hours | null;
  fallback_user: Id | null;
  fallback_queue: Id | null;
  response_minutes: number | null;
  version: number;
}
export interface RuleBody {
  name: Label;
  enabled: boolean;
  filter: FilterNode | null;
  method: Method;
  targets: Target[];
  queue_id: Id | null;
  past_owner: boolean;
  territory: boolean;
  skill_field: string;
  in_hours: boolean;
  accept_minutes: number | null;
}
export interface Rule extends RuleBody {
  id: Id;
  version: number;
  broken: boolean;
}
export interface Queue {
  id: Id;
  name: Label;
  members: Target[];
  version: number;
}
export interface PersonLimits {
  max_open: number | null;
  per_day: number | null;
  regions: string[];
  skills: string[];
  away_from: string | null;
  away_until: string | null;
}
export interface Person extends PersonLimits {
  user: Ref;
  /** Of the leads that one sees; null for who may not count them. */
  open: number | null;
}
export interface Setup {
  desk: Desk;
  rules: Rule[];
  queues: Queue[];
  people: Person[];
  names: Record<Id, string>;
}
export interface Simulation {
  leads: number;
  more: boolean;
  /** False where leads are out of one's sight: only those one sees were tried. */
  whole: boolean;
  rules: { name: Label; leads: number }[];
  queues: { id: Id; name: Label; leads: number }[];
  fallback: number;
  people: { user: Ref; leads: number; has_now: number }[];
  samples: { id: Id; title: string; to: Ref | null; why: string }[];
}
export interface Balance {
  people: { user: Ref; open: number; after: number; weight: number }[];
  moves: { lead: Id; title: string | null; from: Id; to: Id }[];
  away: Ref[];
  /** False where leads are out of one's sight: only those one sees are counted and moved. */
  whole: boolean;
}
export interface Given {
  how: string;
  to: Ref | null;
  why: string;
  passed: string[];
  at: string;
  accept_by: string | null;
  accepted_at: string | null;
}

export const NEW_RULE: RuleBody = {
  name: { "zh-CN": "", en: "" },
  enabled: true,
  filter: null,
  method: "turns",
  targets: [],
  queue_id: null,
  past_owner: false,
  territory: false,
  skill_field: "",
  in_hours: true,
  accept_minutes: null,
};

/** A list with one item moved by a step; the list itself at its ends. */
export function moved<T>(items: readonly T[], index: number, step: -1 | 1): T[] {
  const next = [...items];
  const other = index + step;
  if (other < 0 || other >= next.length) return next;
  const [item] = next.splice(index, 1);
  next.splice(other, 0, item as T);
  return next;
}

/** A queue one may take from. */
export interface MyQueue {
  id: Id;
  name: Label;
  waiting: number;
}

/** A lead that waits, with what helps to choose it. */
export interface Waiting extends Record<string, unknown> {
  id: Id;
  entered_at: string;
  name?: string;
  company?: string;
}
