import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { FilterNode, GroupRow, GroupSpec, MeasureSpec } from "@/api/types";
import { useGroups } from "@/engine/views/table/useRecords";
import { all, closed, DEALS, MONTHS, monthAfter, open, type Scope, type Span } from "./forecast";

const COUNT: MeasureSpec = { op: "count", as: "count" };
const SUM: MeasureSpec = { op: "sum", field: "amount", as: "sum" };
const DAYS: MeasureSpec = { op: "avg", field: "cycle_days", as: "days" };
const MOST = 200;

const ask = (filter: FilterNode, group: GroupSpec[], measures: MeasureSpec[], sort?: string, limit = MOST) => ({
  filter,
  group,
  measures,
  limit,
  ...(sort ? { sort } : {}),
});

/** Open deals by category and month; those before and after the months shown, and without a day, by category alone. */
export function useGrid(scope: Scope, today: string) {
  const close = (op: string, value?: string): FilterNode =>
    value === undefined ? { field: CLOSE, op } : { field: CLOSE, op, value };
  const [first, end] = [monthAfter(today, 0), monthAfter(today, MONTHS)];
  const by = (filter: FilterNode, group: GroupSpec[] = []) =>
    ask(all(open(scope), filter), ["forecast_category", ...group], [COUNT, SUM]);
  const asked = [
    useGroups(DEALS, by(all(close("on_or_after", first), close("before", end)), [{ field: CLOSE, bucket: "month" }])),
    useGroups(DEALS, by(close("before", first))),
    useGroups(DEALS, by(close("on_or_after", end))),
    useGroups(DEALS, by(close("is_empty"))),
  ] as const;
  const [within, before, after, undated] = asked.map((each) => each.data);
  const rows =
    within && before && after && undated
      ? [...within, ...dated(before, LONG_AGO), ...dated(after, FAR_OFF), ...undated]
      : undefined;
  return { rows, error: asked.find((each) => each.error)?.error ?? null };
}

const CLOSE = "expected_close_date";
const LONG_AGO = "0001-01-01";
const FAR_OFF = "9999-01-01";

const dated = (rows: readonly GroupRow[], day: string): GroupRow[] =>
  rows.map((row) => ({ ...row, keys: { ...row.keys, [CLOSE]: day } }));

export const useOpen = (scope: Scope) => useGroups(DEALS, ask(open(scope), ["probability"], [COUNT, SUM], "-sum"));

export const useOutcome = (scope: Scope, span: Span) =>
  useGroups(DEALS, ask(closed(scope, span), ["status"], [COUNT, SUM, DAYS]));

export const useQuarters = (scope: Scope) =>
  useGroups(
    DEALS,
    ask(
      closed(scope, "ever", "won"),
      [{ field: "close_date", bucket: "quarter" }],
      [COUNT, SUM],
      "-close_date",
      QUARTERS,
    ),
  );

const QUARTERS = 8;

export const useReasons = (scope: Scope, span: Span) =>
  useGroups(DEALS, ask(closed(scope, span, "lost"), ["loss_reason"], [COUNT, SUM], "-count", 12));

export const useCompetitors = (scope: Scope, span: Span) =>
  useGroups(
    DEALS,
    ask(
      all(closed(scope, span), { field: "competitor", op: "is_not_empty" }),
      ["competitor", "status"],
      [COUNT, SUM],
      "-count",
      40,
    ),
  );

export interface StageVelocity {
  stage: string;
  pipeline: string;
  forward: number;
  back: number;
  won: number;
  lost: number;
  left: number;
  days: number | null;
  standing: number;
  age: number | null;
}

export function useVelocity(owner: FilterNode | null, span: Span) {
  const days = span === "ever" ? 3650 : Number(span);
  return useQuery({
    queryKey: ["records", DEALS, "groups", "velocity", owner, days],
    queryFn: async ({ signal }) =>
      (
        await api.get<{ stages: StageVelocity[] }>("/deals/velocity", {
          query: { days, ...(owner ? { filter: JSON.stringify(owner) } : {}) },
          signal,
        })
      ).stages,
  });
}
