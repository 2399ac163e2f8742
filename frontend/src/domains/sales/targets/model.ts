import type { Id, Label } from "@/api";
import type { FilterNode } from "@/api/types";

export type Unit = "month" | "quarter" | "year";
export type Kind = "user" | "team" | "firm";
export const UNITS: readonly Unit[] = ["month", "quarter", "year"];

export interface Period {
  unit: Unit;
  start: string;
  end: string;
}
export interface PlanBody {
  name: Label;
  measure: string;
  unit: Unit;
  filter: FilterNode | null;
  alerts: number[];
  open_board: boolean;
  enabled: boolean;
}
export interface Plan extends PlanBody {
  id: Id;
  version: number;
  position: number;
  money: boolean;
  measure_label: Label;
}
export interface TargetMeasure {
  key: string;
  label: Label;
  help: Label;
  money: boolean;
  /** What a condition is about; null where several kinds of records add up. */
  object: string | null;
}
export interface Pace {
  days: number;
  gone: number;
  left: number;
  expected: number | null;
  expected_percent: number | null;
  ahead: number | null;
  projected: number | null;
  per_day: number | null;
}
export interface FigureList {
  object: string;
  filter: FilterNode;
  sort: string;
}
export interface Row {
  kind: Kind;
  id: Id;
  name: string;
  parent: Id | null;
  target: number | null;
  typed: boolean;
  below: number | null;
  difference: number | null;
  actual: number;
  percent: number | null;
  pace: Pace;
  lists: FigureList[];
}
export interface StandingPlan extends Plan {
  period: Period;
  me: Id | null;
  rows: Row[];
}
export interface Standing {
  period: Period;
  today: string;
  plans: StandingPlan[];
}
export interface Overview {
  plans: Plan[];
  measures: TargetMeasure[];
  may: { plans: boolean; targets: boolean };
}
export interface GridRow {
  kind: Kind;
  id: Id;
  name: string;
  parent: Id | null;
  may: boolean;
  cells: (number | null)[];
  before: number[] | null;
}
export interface Grid {
  plan: Plan;
  year: number;
  starts: string[];
  rows: GridRow[];
}
export interface Cell {
  kind: Kind;
  id: Id;
  start: string;
  amount: number | null;
}
export interface BoardRow {
  rank: number;
  id: Id | null;
  name: string | null;
  me: boolean;
  percent: number | null;
  actual: number | null;
}
export interface Board {
  period: Period;
  shy: boolean;
  rows: BoardRow[];
}

export const isMine = (plan: StandingPlan, row: Row) => row.kind === "user" && row.id === plan.me;

/** The rows as a tree in reading order: how deep each stands below those that are shown. */
export function depths(rows: readonly Pick<Row, "kind" | "id" | "parent">[]): number[] {
  const teams = new Map(rows.filter((row) => row.kind === "team").map((row) => [row.id, row.parent]));
  const under = rows.some((row) => row.kind === "firm") ? 1 : 0;
  return rows.map((row) => {
    if (row.kind === "firm") return 0;
    let depth = under;
    const seen = new Set<Id>();
    for (let at = row.parent; at && teams.has(at) && !seen.has(at); at = teams.get(at) ?? null) {
      seen.add(at);
      depth += 1;
    }
    return depth;
  });
}

/** The first day of the period so many units later. */
export function movedDay(unit: Unit, start: string, by: number): string {
  const [year = 2000, month = 1] = start.split("-").map(Number);
  const months = { month: 1, quarter: 3, year: 12 }[unit] * by;
  const index = year * 12 + month - 1 + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-01`;
}
