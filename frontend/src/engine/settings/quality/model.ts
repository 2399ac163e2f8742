import type { FilterNode, Label } from "@/api/types";

export const DIMENSIONS = ["completeness", "validity", "consistency", "uniqueness", "timeliness"] as const;
export type DimensionKey = (typeof DIMENSIONS)[number];

/** What only the server can list. */
export type Check = "shared" | "unsound" | "broken" | "overdue";

export interface Day {
  day: string;
  overall: number | null;
}

export interface Totals {
  records: number | null;
  overall: number | null;
  measured_at: string | null;
}

export interface ObjectSummary extends Totals {
  object: string;
  label: Label;
  trend: Day[];
}

/** The object as its review has just measured it, where no night has yet. */
export function withReview(summary: ObjectSummary, review: Review | undefined): ObjectSummary {
  if (summary.records !== null || review?.object !== summary.object) return summary;
  return { ...summary, records: review.records, overall: review.overall };
}

export interface Dimension {
  key: DimensionKey;
  score: number | null;
  weight: number;
  count: number | null;
  filter: FilterNode | null;
}

export interface FieldFigures {
  key: string;
  label: Label;
  weight: number | null;
  filter: FilterNode | null;
  empty: number | null;
  present: number | null;
  unsound: number | null;
  /** Values that should have been confirmed again. */
  overdue: number | null;
}

export interface Group {
  by: string | null;
  name: string | Label | null;
  records: number;
  overall: number | null;
  filter: FilterNode;
}

export interface Offender {
  id: string;
  title: string;
  owner: string | null;
  lacks: { empty: string[]; unsound: string[]; broken: string[]; overdue: string[]; shared: boolean; stale: boolean };
}

export interface Settings {
  weights: Record<DimensionKey, number>;
  fields: Record<string, number>;
  review_days: number;
  version: number;
}

export interface Review {
  object: string;
  label: Label;
  settings: Settings;
  can: { settings: boolean; measure: boolean; repair: boolean };
  totals: Totals | null;
  trend: Day[];
  records: number;
  overall: number | null;
  measured_at: string;
  dimensions: Dimension[];
  fields: FieldFigures[];
  rules: { id: string; name: Label; message: Label; broken: number; filter: FilterNode | null }[];
  owners: Group[];
  sources: Group[];
  offenders: Offender[];
  choices: { key: string; label: Label }[];
}

export interface Repair {
  key: string;
  label: Label;
  doc: Label;
  count: number;
  exact: boolean;
  examples: {
    id: string;
    title: string;
    changes: { field: string; label: Label; before: string; after: string }[];
  }[];
}

export interface Run {
  batch: string;
  repair: string;
  label: Label | null;
  state: "running" | "done" | "failed";
  repaired: number;
  refused: number;
  created_at: string;
}

/** The address of the list that a figure counts. */
export function listUrl(object: string, filter: FilterNode): string {
  return `/o/${object}?${new URLSearchParams({ filter: JSON.stringify(filter) })}`;
}

/** Scores as people say them: whole numbers, but never 100 before it is. */
export function shownScore(score: number | null): string {
  if (score === null) return "—";
  return String(score > 99 && score < 100 ? 99 : Math.round(score));
}

export function toneOfScore(score: number | null): "ok" | "warn" | "bad" | "mute" {
  if (score === null) return "mute";
  return score >= 85 ? "ok" : score >= 60 ? "warn" : "bad";
}

const ON_STRIP = 9;

/** The objects that stand as cards: those with figures before those without, no more than fit above the fold. */
export function onStrip(all: ObjectSummary[], chosen: ObjectSummary | undefined): ObjectSummary[] {
  const first = [...all].sort((a, b) => Number(!a.records) - Number(!b.records)).slice(0, ON_STRIP);
  return !chosen || first.includes(chosen) ? first : [chosen, ...first.slice(0, ON_STRIP - 1)];
}
