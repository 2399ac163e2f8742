/**
 * From the groups that the server counted to the rows and columns of a report.
 *
 * How it works: the first dimension makes the rows, the second (if there is one) the columns. Options stand in their
 * own order, periods in time without gaps, everything else by its first figure. Rows beyond `top` become "others".
 *
 * Rules: totals are the server's: an average of averages is no average. Nothing here adds up what cannot be added up.
 */
import type { Compare, GroupRow, ReportMeasure } from "@/api/types";
import { endsOf, type GroupBy, nextPeriod, periodOf, RANGE } from "../group-filter";

export type Key = string | number | boolean | null;

export interface Head {
  key: Key;
  label: GroupRow["labels"][string];
  /** Its key in the days before, where that is another. */
  was?: Key;
  /** The rows beyond the first so many, together. */
  others?: boolean;
}

export interface Matrix {
  rows: Head[];
  /** One column without a key where there is a single dimension. */
  columns: Head[];
  /** By row, column and measure; compared, the measures of before stand behind those of now. */
  cells: (number | null)[][][];
  /** By row and measure. */
  rowTotals: (number | null)[][];
  /** By column and measure. */
  columnTotals: (number | null)[][];
  totals: (number | null)[];
}

export interface Asked {
  groups: GroupBy[];
  measures: ReportMeasure[];
  /** Values of the options of each dimension, in order; undefined where a dimension has none. */
  options: (string[] | undefined)[];
  top: number | null;
  compare?: Compare | null;
}

const MOST_PERIODS = 400;
const ADDED_UP = new Set(["count", "sum"]);

export const aliasOf = (at: number): string => `m${at}`;

const same = (a: Key | undefined, b: Key): boolean => (a ?? null) === b;

export function matrixOf(data: GroupRow[], totals: GroupRow[], asked: Asked): Matrix {
  const [first, second] = asked.groups;
  const isBeside = Boolean(asked.compare && asked.compare.how !== "target");
  const measures = isBeside ? [...asked.measures, ...asked.measures] : asked.measures;
  const named = asked.measures.map((_, at) => aliasOf(at));
  const aliases = isBeside ? [...named, ...asked.measures.map((_, at) => `b${at}`)] : named;
  const figures = (row: GroupRow | undefined) => aliases.map((alias) => row?.values[alias] ?? null);
  const overall = totals.find((row) => Object.keys(row.keys).length === 0);
  const alone = (by: GroupBy) =>
    asked.groups.length > 1 ? totals.filter((row) => Object.keys(row.keys).join() === by.field) : data;
  const grand = figures(overall);
  if (!first)
    return withTarget({ rows: [], columns: [], cells: [], rowTotals: [], columnTotals: [], totals: grand }, asked);
  const rows = headsOf(alone(first), first, asked.options[0]);
  const columns: Head[] = second ? headsOf(alone(second), second, asked.options[1]) : [{ key: null, label: null }];
  const cellOf = new Map(data.map((row) => [place(row, first, second), figures(row)]));
  const nothing = measures.map((measure) => (ADDED_UP.has(measure.op) ? 0 : null));
  const matrix: Matrix = {
    rows,
    columns,
    cells: rows.map((row) => columns.map((column) => cellOf.get(`${id(row.key)}|${id(column.key)}`) ?? nothing)),
    rowTotals: rows.map((head) => totalOf(alone(first), first, head, figures) ?? nothing),
    columnTotals: second ? columns.map((head) => totalOf(alone(second), second, head, figures) ?? nothing) : [grand],
    totals: grand,
  };
  const whole = withTarget(matrix, asked);
  const cut = whole === matrix ? measures : [...measures, ...measures];
  return asked.top !== null && rows.length > asked.top ? cutOff(whole, asked.top, cut) : whole;
}

/** The number to reach, behind the first figure of every row as a figure of before would be. */
function withTarget(matrix: Matrix, { compare, measures, groups }: Asked): Matrix {
  const target = compare?.how === "target" ? compare.value : null;
  if (!target) return matrix;
  const nothing = measures.slice(1).map(() => null);
  const behind = (row: (number | null)[], reach: number | null) => [...row, reach, ...nothing];
  const isSum = measures[0] !== undefined && ADDED_UP.has(measures[0].op);
  const overall = matrix.rows.length === 0 || !isSum ? target : target * matrix.rows.length;
  const ofCells = groups.length > 1 ? null : target;
  return {
    ...matrix,
    cells: matrix.cells.map((row) => row.map((cell) => behind(cell, ofCells))),
    rowTotals: matrix.rowTotals.map((row) => behind(row, target)),
    columnTotals: matrix.columnTotals.map((row) => behind(row, groups.length > 1 ? null : overall)),
    totals: behind(matrix.totals, overall),
  };
}

function totalOf<T>(rows: GroupRow[], by: GroupBy, head: Head, figures: (row: GroupRow) => T): T | undefined {
  const found = rows.find((row) => same(row.keys[by.field], head.key));
  return found && figures(found);
}

const id = (key: Key | undefined): string => JSON.stringify(key ?? null);

const place = (row: GroupRow, first: GroupBy, second: GroupBy | undefined): string =>
  `${id(row.keys[first.field])}|${id(second ? row.keys[second.field] : null)}`;

function headsOf(rows: GroupRow[], by: GroupBy, options: string[] | undefined): Head[] {
  const heads = rows.map((row) => ({ key: row.keys[by.field] ?? null, label: row.labels[by.field] ?? null, row }));
  const bare = heads.map(
    ({ key, label, row }): Head => ({ key, label, ...(row.was ? { was: row.was[by.field] } : {}) }),
  );
  const period = periodOf(by);
  if (period) return withoutGaps(bare, period);
  if (by.bucket === RANGE) return everyRange(bare, by.edges ?? []);
  if (options) {
    const at = (head: Head) =>
      options.includes(String(head.key)) ? options.indexOf(String(head.key)) : options.length;
    return [...bare].sort((a, b) => at(a) - at(b));
  }
  const size = (row: GroupRow) => row.values[aliasOf(0)] ?? Number.NEGATIVE_INFINITY;
  return heads.sort((a, b) => size(b.row) - size(a.row)).map(({ key, label }) => ({ key, label }));
}

/** Every range between the first and the last that has records: an empty one between them is shown as such. */
function everyRange(heads: Head[], edges: readonly number[]): Head[] {
  const keys = [null, ...edges].map((low, at) => `${low ?? ""}~${edges[at] ?? ""}`);
  const at = (head: Head) => {
    const [low] = endsOf(head.key);
    return low === null ? 0 : edges.indexOf(low) + 1;
  };
  const known = new Map(heads.filter((head) => head.key !== null).map((head) => [at(head), head]));
  const places = [...known.keys()];
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const ranges = keys.flatMap((key, place) =>
    place >= first && place <= last ? [known.get(place) ?? { key, label: key }] : [],
  );
  return [...ranges, ...heads.filter((head) => head.key === null)];
}

/** Every period from the first to the last: a month without records is a month with none. */
function withoutGaps(heads: Head[], period: NonNullable<ReturnType<typeof periodOf>>): Head[] {
  const dated = heads
    .filter((head) => typeof head.key === "string")
    .sort((a, b) => (String(a.key) < String(b.key) ? -1 : 1));
  const empty = heads.filter((head) => head.key === null);
  const known = new Map(dated.map((head) => [String(head.key), head]));
  const last = String(dated.at(-1)?.key ?? "");
  const found: Head[] = [];
  let key = String(dated[0]?.key ?? "");
  for (let step = 0; dated.length > 0 && step <= MOST_PERIODS; step += 1) {
    if (key > last) return [...found, ...empty];
    found.push(known.get(key) ?? { key, label: key });
    key = nextPeriod(key, period);
  }
  return [...dated, ...empty];
}

/** The first `top` rows; the rest as one, in those figures that can be added up. */
function cutOff(matrix: Matrix, top: number, measures: ReportMeasure[]): Matrix {
  const rest = (rows: (number | null)[][]): (number | null)[] =>
    measures.map((measure, at) =>
      ADDED_UP.has(measure.op) ? rows.slice(top).reduce((sum, row) => sum + (row[at] ?? 0), 0) : null,
    );
  return {
    ...matrix,
    rows: [...matrix.rows.slice(0, top), { key: null, label: null, others: true }],
    cells: [
      ...matrix.cells.slice(0, top),
      matrix.columns.map((_, column) => rest(matrix.cells.map((row) => row[column] ?? []))),
    ],
    rowTotals: [...matrix.rowTotals.slice(0, top), rest(matrix.rowTotals)],
  };
}

/** What is shown of a column of figures: themselves, their share, what they add up to so far, or what they grew by. */
export function shownAs(
  show: ReportMeasure["show"],
  figures: (number | null)[],
  total: number | null,
): (number | null)[] {
  if (show === "share") return figures.map((figure) => (figure === null || !total ? null : (figure / total) * 100));
  if (show === "running") {
    let sum = 0;
    return figures.map((figure) => {
      sum += figure ?? 0;
      return sum;
    });
  }
  if (show === "growth")
    return figures.map((figure, at) => {
      const before = at > 0 ? (figures[at - 1] ?? null) : null;
      return figure === null || !before ? null : ((figure - before) / Math.abs(before)) * 100;
    });
  return figures;
}
