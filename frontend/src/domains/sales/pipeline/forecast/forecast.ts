/**
 * What the forecast page asks the query door, and how the answers become figures. The trees that are asked with are the
 * trees that the links lead to, so that a figure and its list agree.
 */
import type { FilterNode, GroupRow } from "@/api/types";
import { BLANK, parseSort, writeState } from "@/engine/views/url-state";

export type Scope = "mine" | "team" | "all";
export type Span = "90" | "365" | "ever";
export const CATEGORIES = ["commit", "best_case", "pipeline", "omitted"] as const;
export type Category = (typeof CATEGORIES)[number];
export const MONTHS = 6;
export const DEALS = "opportunity";

const leaf = (field: string, op: string, value?: unknown): FilterNode =>
  value === undefined ? { field, op } : { field, op, value };

export function all(...nodes: (FilterNode | null)[]): FilterNode {
  return { and: nodes.filter((node): node is FilterNode => node !== null) };
}

export function ownedBy(scope: Scope): FilterNode | null {
  if (scope === "mine") return leaf("owner", "is", "me");
  return scope === "team" ? leaf("owner", "within", "my_teams") : null;
}

export const open = (scope: Scope) => all(ownedBy(scope), leaf("status", "is", "open"));

export const closed = (scope: Scope, span: Span, status?: "won" | "lost") =>
  all(
    ownedBy(scope),
    status ? leaf("status", "is", status) : leaf("status", "in", ["won", "lost"]),
    span === "ever" ? null : leaf("close_date", "on_or_after", { relative: `-${span}d` }),
  );

/** The first day of the month `by` months after that of `day` (an ISO date). */
export function monthAfter(day: string, by: number): string {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + by;
  return `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}-01`;
}

/** A row of the forecast: a month, or what is overdue, later, or without a day. */
export interface Stretch {
  key: string;
  filter: FilterNode;
}

const CLOSE = "expected_close_date";

/** Overdue, this month and the next ones, later, without a day: every open deal stands in one of them. */
export function stretches(today: string): Stretch[] {
  const first = monthAfter(today, 0);
  const months = Array.from({ length: MONTHS }, (_, n) => monthAfter(today, n));
  const end = monthAfter(today, MONTHS);
  return [
    { key: "overdue", filter: leaf(CLOSE, "before", first) },
    ...months.map((month, n) => ({
      key: month,
      filter: all(leaf(CLOSE, "on_or_after", month), leaf(CLOSE, "before", monthAfter(today, n + 1))),
    })),
    { key: "later", filter: leaf(CLOSE, "on_or_after", end) },
    { key: "none", filter: leaf(CLOSE, "is_empty") },
  ];
}

export interface Cell {
  count: number;
  sum: number;
}
export type Grid = ReadonlyMap<string, ReadonlyMap<Category | "unset", Cell>>;

/** What the groups by category and month (and those before and after, by year) come to in each row. */
export function gridOf(today: string, rows: readonly GroupRow[]): Grid {
  const first = monthAfter(today, 0);
  const end = monthAfter(today, MONTHS);
  const grid = new Map<string, Map<Category | "unset", Cell>>();
  for (const row of rows) {
    const day = row.keys[CLOSE];
    const key =
      typeof day !== "string" ? "none" : day < first ? "overdue" : day >= end ? "later" : `${day.slice(0, 7)}-01`;
    const known = CATEGORIES.find((category) => category === row.keys.forecast_category);
    const cells = grid.get(key) ?? new Map<Category | "unset", Cell>();
    const before = cells.get(known ?? "unset") ?? { count: 0, sum: 0 };
    cells.set(known ?? "unset", {
      count: before.count + (row.values.count ?? 0),
      sum: before.sum + (row.values.sum ?? 0),
    });
    grid.set(key, cells);
  }
  return grid;
}

/** Several cells as one; what is left out of the forecast is not counted. */
export function totalOf(cells: Iterable<[Category | "unset", Cell]>): Cell {
  let count = 0;
  let sum = 0;
  for (const [category, cell] of cells) {
    if (category === "omitted") continue;
    count += cell.count;
    sum += cell.sum;
  }
  return { count, sum };
}

export interface Outcome {
  won: number;
  lost: number;
  amount: number;
  /** Of 1; null where nothing was closed. */
  rate: number | null;
  daysWon: number | null;
  daysLost: number | null;
}

/** Closed deals by status as wins, losses, their rate and how long they took. */
export function outcomeOf(rows: readonly GroupRow[]): Outcome {
  const of = (status: string) => rows.find((row) => row.keys.status === status)?.values;
  const won = of("won")?.count ?? 0;
  const lost = of("lost")?.count ?? 0;
  return {
    won,
    lost,
    amount: of("won")?.sum ?? 0,
    rate: won + lost > 0 ? won / (won + lost) : null,
    daysWon: of("won")?.days ?? null,
    daysLost: of("lost")?.days ?? null,
  };
}

/** What the open deals bring in a day as things have gone: how many × how often won × worth of a won one ÷ days it took. */
export function velocityOf(openCount: number, outcome: Outcome): number | null {
  const { rate, won, amount, daysWon } = outcome;
  if (rate === null || !daysWon || won === 0) return null;
  return (openCount * rate * (amount / won)) / daysWon;
}

/** The sum by probability, weighted by it. */
export const weightedOf = (rows: readonly GroupRow[]): number =>
  rows.reduce((sum, row) => sum + ((row.values.sum ?? 0) * Number(row.keys.probability ?? 0)) / 100, 0);

export const listOf = (filter: FilterNode, sort?: string): string =>
  `/o/${DEALS}?${writeState({ ...BLANK, kind: "table", filter, sort: sort ? parseSort(sort) : undefined })}`;

/** `2017-04-01` is the second quarter of 2017. */
export function quarterOf(day: string): { year: string; quarter: number } {
  return { year: day.slice(0, 4), quarter: Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1 };
}
