/** Dashboards as /api/v1/dashboards has them. */
import type { Compare, FilterNode, GroupRow, Id, Label, Period, ReportMeasure, ViewDefinition } from "@/api/types";

export interface Filters {
  period: Period | null;
  owner: string | null;
  team: string | null;
}

export interface Place {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Widget extends Place {
  id: string;
  name: string | Label | null;
  kind: "report" | "figure";
  object: string;
  /** A saved or ready-made report, or a definition of its own. */
  view: string | null;
  definition: ReportDefinition | null;
  /** The field that periods go by. */
  date: string | null;
  compare: "previous" | "year" | null;
  period: Period | null;
}

export interface ReportDefinition {
  filter: FilterNode | null;
  groups: { field: string; bucket?: string | null; edges?: number[] | null }[];
  measures: ReportMeasure[];
  chart: ViewDefinition["chart"];
  top: number | null;
  compare?: Compare | null;
}

export interface DashboardDefinition {
  widgets: Widget[];
  filters: Filters;
}

export type Scope = "personal" | "team" | "everyone";

export interface Dashboard {
  id: Id;
  name: string | Label;
  about: Label | null;
  scope: Scope;
  team: Id | null;
  is_default: boolean;
  default_roles: string[];
  locked: boolean;
  mine: boolean;
  builtin: boolean;
  /** It is the first page of whoever asks. */
  opens: boolean;
  version: number;
  definition: DashboardDefinition;
}

export interface Counted {
  data: GroupRow[];
  totals: GroupRow[];
  whole: boolean;
}

type FilterPart = keyof Filters;

export interface WidgetFigures {
  id: string;
  object: string | null;
  name: string | Label | null;
  definition: ReportDefinition | null;
  date: string | null;
  applied: FilterPart[];
  skipped: FilterPart[];
  /** First day, and the day after the last. */
  period: [string, string] | null;
  figures: Counted | null;
  before: { value: number | null; period: [string, string]; filter: FilterNode | null } | null;
  error: { code: string; message: string } | null;
}

export interface FigureList {
  as_of: string;
  data: WidgetFigures[];
}
