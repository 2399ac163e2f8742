import type { FilterNode } from "@/api";
import type { Id } from "@/api/types";

export type Tier = "high" | "standard" | "low";
export const TIERS: Tier[] = ["high", "standard", "low"];

export interface Cuts {
  high_cut: number;
  low_cut: number;
  hysteresis: number;
}

/** How many customers go from a tier to another, and what they bring; null is no tier. */
export interface Cell {
  from: Tier | null;
  to: Tier | null;
  customers: number;
  profit: number;
  filter?: FilterNode;
}

interface Named {
  id: Id;
  title: string;
  profit: number | null;
}

export interface Exit extends Named {
  why: string | null;
  revenue?: number | null;
  goods?: number | null;
  serving?: number | null;
}

export interface Tiers {
  is_on: boolean;
  may: boolean;
  as_of: string | null;
  currency: string;
  missing: string | null;
  now: Cuts;
  tried: Cuts;
  cells: Cell[];
  moves: {
    months: string[];
    since: string | null;
    cells: Cell[];
    customers: (Named & { was: Tier; now: Tier })[];
  } | null;
  exits: { count: number; exact: boolean; filter: FilterNode; customers: Exit[] } | null;
}
