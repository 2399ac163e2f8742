import type { FilterNode } from "@/api";
import type { Id } from "@/api/types";

/** A month to come. `open` is what deals that are open now will bring, `new` what deals will that are not there yet. */
export interface Ahead {
  month: string;
  value: number;
  low: number;
  high: number;
  series?: number;
  pipeline?: number;
  open?: number;
  new?: number;
}

export interface Measured {
  object: string;
  history: { month: string; value: number; filter: FilterNode }[];
  month: string;
  so_far: number;
  behind: FilterNode;
  open: FilterNode | null;
  ahead: Ahead[];
  accuracy: { month: string; told: number; came: number; tracked: boolean }[];
  error: number | null;
  method: string | null;
  quality: Record<string, number>;
  weights?: { series?: number; pipeline?: number };
  missing: string | null;
}

export interface TeamForecast {
  team: Id;
  name: string;
  ahead: Ahead[];
  so_far: number;
  error: number | null;
  missing: string | null;
  filter: FilterNode;
}

export interface Forecast {
  is_on: boolean;
  as_of: string | null;
  currency: string;
  won: Measured | null;
  received: Measured | null;
  teams: TeamForecast[];
  missing: string | null;
}
