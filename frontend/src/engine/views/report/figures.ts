/**
 * What stands in the cells of a report: each figure and, where it is compared, what it was (or should be) beside it.
 *
 * Rules: a row of a matrix has the figures of now and, compared, those of before behind them, in the same order.
 */
import type { Compare, ReportMeasure } from "@/api/types";
import { type Matrix, shownAs } from "./matrix";

export interface Figure {
  measure: ReportMeasure;
  /** Which measure it is. */
  at: number;
  as: "value" | "before" | "change" | "changed" | "reached";
}

type Row = readonly (number | null)[];

export function figuresOf(measures: readonly ReportMeasure[], how: Compare["how"] | undefined): Figure[] {
  return measures.flatMap((measure, at): Figure[] => {
    const own: Figure = { measure, at, as: "value" };
    if (how === "target") return at > 0 ? [own] : [own, { ...own, as: "before" }, { ...own, as: "reached" }];
    if (how === undefined) return [own];
    return [own, { ...own, as: "before" }, { ...own, as: "change" }, { ...own, as: "changed" }];
  });
}

/** One figure of a row, of `count` measures, as it is beside what it was. */
export function besides(figure: Figure, row: Row, count: number): number | null {
  const now = row[figure.at] ?? null;
  const was = row[count + figure.at] ?? null;
  if (figure.as === "value") return now;
  if (figure.as === "before") return was;
  if (now === null || was === null) return null;
  if (figure.as === "change") return now - was;
  if (was === 0) return null;
  return figure.as === "reached" ? (now / was) * 100 : ((now - was) / Math.abs(was)) * 100;
}

/** What is shown, by row and figure, of rows with their totals. */
export function shownRows(
  figures: readonly Figure[],
  rows: readonly Row[],
  totals: Row,
  count: number,
): (number | null)[][] {
  const made = figures.map((figure) =>
    figure.as === "value"
      ? shownAs(
          figure.measure.show,
          rows.map((row) => row[figure.at] ?? null),
          totals[figure.at] ?? null,
        )
      : rows.map((row) => besides(figure, row, count)),
  );
  return rows.map((_, row) => made.map((values) => values[row] ?? null));
}

/** The same of one column of a report. */
export const columnShown = (
  matrix: Matrix,
  figures: readonly Figure[],
  column: number,
  count: number,
): (number | null)[][] =>
  shownRows(
    figures,
    matrix.cells.map((row) => row[column] ?? []),
    matrix.columnTotals[column] ?? [],
    count,
  );

/** The totals of a row that is the sum of the others. */
export function totalsShown(figures: readonly Figure[], totals: Row, count: number): (number | null)[] {
  return figures.map((figure) => {
    if (figure.as !== "value") return besides(figure, totals, count);
    const total = totals[figure.at] ?? null;
    const { show } = figure.measure;
    return show === "share" ? (total ? 100 : null) : show === "growth" ? null : total;
  });
}
