/** What a report's picture is drawn from, and where its figures lead. */
import type { FilterNode, ObjectSchema } from "@/api/types";
import { both } from "../filter/tree";
import { filterOf, type GroupBy, periodOf, RANGE } from "../group-filter";
import { BLANK, writeState } from "../url-state";
import type { Drawn } from "./chart-option";
import { columnShown, type Head, type Matrix } from "./matrix";
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
  const { chart } = choice;
  const [first, second] = choice.groups;
  const [measure] = choice.measures;
  if (chart === "table" || chart === "number" || !measure || !first || matrix.rows.length === 0) return null;
  const timed = periodOf(first) !== undefined || first.bucket === RANGE;
  const rows = timed ? matrix.rows.length : Math.min(most, matrix.rows.length);
  return {
    chart,
    timed,
    rows: matrix.rows.slice(0, rows).map((head) => names.head(head, first)),
    columns: second ? matrix.columns.map((head) => names.head(head, second)) : [names.measure(measure)],
    values: matrix.columns.map((_, column) =>
      columnShown(matrix, [measure], column)
        .slice(0, rows)
        .map((row) => row[0] ?? null),
    ),
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
): FilterNode | null {
  const [first, second] = groups;
  const parts = [
    filter ?? null,
    first && row ? filterOf(first, row.key) : null,
    second && column ? filterOf(second, column.key) : null,
  ];
  return parts.reduce<FilterNode | null>((all, part) => both(all, part), null);
}

/** The address of a list of records. */
export const listOf = (object: ObjectSchema, filter: FilterNode | null, q = ""): string =>
  `/o/${object.key}?${writeState({ ...BLANK, view: "builtin:all", kind: "table", filter, q })}`;
