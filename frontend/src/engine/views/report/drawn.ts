/** What a report's picture is drawn from, and where its figures lead. */
import type { FilterNode, ObjectSchema, ReportFigures } from "@/api/types";
import { both } from "../filter/tree";
import { filterOf, type GroupBy, periodOf, RANGE } from "../group-filter";
import { BLANK, writeState } from "../url-state";
import type { Drawn } from "./chart-option";
import { columnShown, figuresOf } from "./figures";
import type { Head, Matrix } from "./matrix";
import type { useReportNames } from "./names";
import type { ReportChoice } from "./ReportBar";

/** Its picture; null where there is none to draw. At most `most` rows, where there is room for no more. */
export function drawnOf(
  choice: ReportChoice,
  matrix: Matrix,
  names: ReturnType<typeof useReportNames>,
  narrow: boolean,
  most = Number.POSITIVE_INFINITY,
): Drawn | null {
  const { chart, compare } = choice;
  const [first, second] = choice.groups;
  const [measure] = choice.measures;
  if (chart === "table" || chart === "number" || chart === "gauge" || !measure || !first) return null;
  if (matrix.rows.length === 0) return null;
  const timed = periodOf(first) !== undefined || first.bucket === RANGE;
  const rows = timed ? matrix.rows.length : Math.min(most, matrix.rows.length);
  const how = compare?.how;
  // Beside a single dimension there is room for what was before; columns are compared in the table.
  const figures = figuresOf([measure], chart === "bar" || chart === "line" ? how : undefined);
  const series = second ? figures.slice(0, 1) : figures.filter(({ as }) => as === "value" || as === "before");
  const isTarget = how === "target" && series.length > 1;
  const drawn = isTarget ? series.slice(0, 1) : series;
  const columns = matrix.columns.map((_, column) =>
    columnShown(matrix, drawn, column, choice.measures.length).slice(0, rows),
  );
  return {
    chart,
    timed,
    rows: matrix.rows.slice(0, rows).map((head) => names.head(head, first)),
    columns: second
      ? matrix.columns.map((head) => names.head(head, second))
      : drawn.map((figure) => names.column(figure, how)),
    values: second
      ? columns.map((column) => column.map((row) => row[0] ?? null))
      : drawn.map((_, at) => (columns[0] ?? []).map((row) => row[at] ?? null)),
    stacked: second !== undefined,
    muted: drawn.length > 1 ? 1 : null,
    target: isTarget ? (compare?.value ?? null) : null,
    measure,
    narrow,
    write: (value) => names.write(measure, value),
    writeShort: (value) => names.write(measure, value, true),
  };
}

/** The filter of the records that a figure counts: those of the report, of its row and of its column. */
export function behind(
  filter: FilterNode | null | undefined,
  groups: readonly GroupBy[],
  row: Head | null,
  column: Head | null,
  before = false,
): FilterNode | null {
  const key = (head: Head) => (before && head.was !== undefined ? head.was : head.key);
  const [first, second] = groups;
  const parts = [
    filter ?? null,
    first && row ? filterOf(first, key(row)) : null,
    second && column ? filterOf(second, key(column)) : null,
  ];
  return parts.reduce<FilterNode | null>((all, part) => both(all, part), null);
}

/** The filter of what is counted, or of what it stands beside. */
export const counted = (figures: Pick<ReportFigures, "filter" | "before"> | undefined, before: boolean) =>
  (before ? figures?.before?.filter : figures?.filter) ?? null;

/** The address of a list of records. */
export const listOf = (object: ObjectSchema, filter: FilterNode | null, q = ""): string =>
  `/o/${object.key}?${writeState({ ...BLANK, view: "builtin:all", kind: "table", filter, q })}`;
