import type { Id, Label } from "@/api";
import type { Period, Plan, Unit } from "../model";

export interface Who {
  kind: "user" | "team";
  id: Id;
}
export interface Band {
  from: string | number;
  rate: string | number;
}
export interface RuleBody {
  name: Label;
  plan_id: Id;
  basis: "amount" | "attainment";
  mode: "progressive" | "whole";
  bands: Band[];
  people: Who[];
  enabled: boolean;
}
export interface CommissionRule extends RuleBody {
  id: Id;
  plan: Plan;
  version: number;
}
export interface Step {
  from: string;
  base: string;
  rate: string;
  amount: string;
}
export interface PayLine {
  id: Id;
  name: string;
  actual: number;
  target: number | null;
  percent: number | null;
  amount: number;
  steps: Step[];
}
export interface Statement {
  rule: Id;
  said: Pick<RuleBody, "name" | "basis" | "mode" | "bands"> & { plan: Label; money: boolean };
  period: Period;
  total: number;
  lines: PayLine[];
  closed_at: string | null;
  may_close: boolean;
}
export interface CardItem {
  plan: Id;
  weight: number;
  cap: number;
}
export interface CardBody {
  name: Label;
  unit: Unit;
  items: CardItem[];
  people: Who[];
  enabled: boolean;
}
export interface ScoreCard extends CardBody {
  id: Id;
  version: number;
  period: Period;
  parts: { plan: Id; name: Label; weight: number; cap: number }[];
  rows: { id: Id; name: string; score: number | null; parts: (number | null)[] }[];
}
export interface ContestBody {
  name: Label;
  plan_id: Id;
  first: string;
  last: string;
  prize: string;
  people: Who[];
}
export interface Contest extends ContestBody {
  id: Id;
  plan: Plan;
  version: number;
  closed_at: string | null;
  rows: { rank: number; id: Id | null; name: string | null; me: boolean; actual: number | null }[];
}
