import type { FilterNode } from "@/api";
import type { Id } from "@/api/types";

export interface Run {
  id: Id;
  state: "waiting" | "running" | "done" | "failed";
  progress: number;
  day: string;
}

export type CardKey =
  | "profile"
  | "knowledge"
  | "segmentation"
  | "customization"
  | "value"
  | "satisfaction"
  | "development"
  | "retention"
  | "acquisition"
  | "profitability";

export interface HomeCard {
  key: CardKey;
  value: number | null;
  unit: "count" | "percent" | "money";
  change: number | null;
  trend: (number | null)[];
  count: number | null;
  filter: FilterNode | null;
  missing: string | null;
}

export interface Move {
  from: string;
  to: string;
  customers: number;
}

export interface Home {
  is_on: boolean;
  may: boolean;
  run: Run | null;
  as_of: string | null;
  currency: string;
  whole: boolean;
  high_cut: number;
  missing: string[];
  cards: HomeCard[];
  stages: { stage: string; customers: number; spend: number | null }[];
  segments: { segment: string; customers: number; spend: number | null }[];
  scores: { recency: number; frequency: number; customers: number; spend: number | null }[];
  flow: { until: string; moves: Move[] }[];
  pareto: [number, number][];
  tiers: { tier: string; customers: number; profit: number }[];
  models: ModelNote[];
  freshness: { fact: string; label: string; rows: number; database_rows: number; until: string }[];
}

/** A model of the last run in words. */
export interface ModelNote {
  key: string;
  label: string;
  method: string;
  notes: string[];
}

export interface Change {
  on: string;
  kind: "stage" | "tier";
  was: string | null;
  now: string | null;
  key: string | null;
  why: string | null;
}

/** What insight says of a customer. `values` holds what one may read, by the field's key without its `insight_`. */
export interface CustomerInsight {
  as_of: string | null;
  values: Record<string, unknown>;
  why: Record<string, string>;
  models: Record<string, string>;
  changes: Change[];
  months: { month: string; spend?: number | null; clv?: number | null; churn?: number | null }[];
  offers: {
    items: { product: { id: Id; title: string }; why: string | null; lift: number | null }[];
    note: string | null;
  };
  missing: string[];
}

export interface Rules {
  is_on: boolean;
  dormant: number;
  lost: number;
  floor: number;
  ceiling: number;
  usual: number;
  high_cut: number;
  low_cut: number;
  hysteresis: number;
  months: number;
  discount: number;
}

export interface Settings {
  rules: Rules;
  version: number;
  may: boolean;
}

export const STAGES = ["potential", "new", "active", "won_back", "dormant", "lost"] as const;

/** The colour of a stage in `tokens.css`. */
export const stageColor = (stage: string) =>
  stage === "arrived" ? "--gx-chart-other" : `--gx-life-${stage.replace("_", "")}`;

export const isWaiting = (run: Run | null) => run?.state === "waiting" || run?.state === "running";
