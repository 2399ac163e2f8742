import { describe, expect, it } from "vitest";
import type { Compare, GroupRow, ReportMeasure } from "@/api/types";
import { behind } from "./drawn";
import { columnShown, figuresOf, totalsShown } from "./figures";
import { matrixOf } from "./matrix";

const SUM: ReportMeasure = { op: "sum", field: "amount", show: "value" };
const AVERAGE: ReportMeasure = { op: "avg", field: "amount", show: "value" };
const BY = { field: "owner" };
const BEFORE: Compare = { how: "previous", date: "paid_on", period: "this_month" };

const row = (owner: string, values: GroupRow["values"], was?: GroupRow["was"]): GroupRow => ({
  keys: { owner },
  labels: { owner },
  values,
  ...(was ? { was } : {}),
});
const all = (values: GroupRow["values"]): GroupRow => ({ keys: {}, labels: {}, values });
const ask = (compare: Compare, measures = [SUM], top: number | null = null) => ({
  groups: [BY],
  measures,
  options: [undefined],
  top,
  compare,
});

describe("figures beside what they were", () => {
  it("have the change, and the change in percent where there was something", () => {
    const rows = [row("a", { m0: 30, b0: 40 }), row("b", { m0: 5, b0: 0 }), row("c", { m0: 0, b0: 10 })];
    const matrix = matrixOf(rows, [all({ m0: 35, b0: 50 })], ask(BEFORE));
    const figures = figuresOf([SUM], "previous");
    expect(columnShown(matrix, figures, 0, 1)).toEqual([
      [30, 40, -10, -25],
      [5, 0, 5, null],
      [0, 10, -10, -100],
    ]);
    expect(totalsShown(figures, matrix.totals, 1)).toEqual([35, 50, -15, -30]);
  });

  it("add up with the others, where they can be", () => {
    const values = { m0: 1, m1: 1, b0: 2, b1: 2 };
    const rows = ["a", "b", "c"].map((owner) => row(owner, values));
    const matrix = matrixOf(rows, [all(values)], ask(BEFORE, [SUM, AVERAGE], 1));
    expect(matrix.rowTotals.at(-1)).toEqual([2, null, 4, null]);
  });

  it("reach a target row by row; together sums reach that of all rows, averages the same", () => {
    const target: Compare = { how: "target", value: 50 };
    const rows = [row("a", { m0: 25, m1: 1 }), row("b", { m0: 60, m1: 2 })];
    const matrix = matrixOf(rows, [all({ m0: 85, m1: 2 })], ask(target, [SUM, AVERAGE]));
    const figures = figuresOf([SUM, AVERAGE], "target");
    expect(figures.map(({ at, as }) => [at, as])).toEqual([
      [0, "value"],
      [0, "before"],
      [0, "reached"],
      [1, "value"],
    ]);
    expect(columnShown(matrix, figures, 0, 2)[1]).toEqual([25, 50, 50, 1]);
    expect(totalsShown(figures, matrix.totals, 2)).toEqual([85, 100, 85, 2]);
    const mean = matrixOf(rows, [all({ m0: 42, m1: 2 })], ask(target, [AVERAGE]));
    expect(mean.totals).toEqual([42, 50]);
  });

  it("open the records of then by the key of then", () => {
    const by = { field: "paid_on", bucket: "month" };
    const head = { key: "2026-03-01", label: null, was: "2025-03-01" };
    expect(JSON.stringify(behind(null, [by], head, null, true))).toContain("2025-04-01");
    expect(JSON.stringify(behind(null, [by], head, null))).toContain("2026-04-01");
  });
});
