/** Lines as a list: moving, totals, and what a pasted piece of a spreadsheet means for them. */
import type { Field, ObjectSchema, Option } from "@/api/types";
import type { Line } from "../contract";

export const MAX_LINES = 500;
/** A line on screen; `row` tells lines apart that are not stored yet. */
export interface Row {
  row: string;
  line: Line;
}

const FIXED = new Set(["parent", "position"]);
const SUMMED = new Set(["number", "decimal", "money"]);

/** The columns of lines, in their order; amounts are in the currency of the record. */
export const columnsOf = (object: ObjectSchema, currency?: string): Field[] =>
  object.fields
    .filter((field) => !field.system && !FIXED.has(field.key) && field.type !== "sub_table")
    .map((field) => (currency ? { ...field, config: { ...field.config, currency } } : field))
    .sort((a, b) => a.position - b.position);

/** The columns to type into: of what the program keeps only what lists show; what administrators added is there. */
export const typingColumns = (columns: readonly Field[]): Field[] =>
  columns.filter((field) => !field.readonly || field.in_list || field.custom);

/**
 * The columns to read: those that lists show and those that administrators added (all where none is for lists), but
 * not one that is empty in every line, nor one that only repeats what a link beside it is called.
 */
export function readingColumns(columns: readonly Field[], lines: readonly Line[]): Field[] {
  const listed = columns.some((field) => field.in_list && !field.custom);
  return columns.filter((field, index) => {
    if (listed && !field.in_list && !field.custom) return false;
    const values = lines.map((line) => line[field.key]);
    if (index > 0 && values.every((value) => value === null || value === undefined || value === "")) return false;
    return !columns.some(
      (other) => other.type === "link" && values.every((value, at) => value === titleOf(lines[at]?.[other.key])),
    );
  });
}

const titleOf = (link: unknown): unknown => (link && typeof link === "object" && "title" in link ? link.title : null);

/**
 * The columns with a total: those that rollups of the record sum up or that are declared as `summed`; without any such
 * all that are numbers. (The sum of prices a piece says nothing.)
 */
export function summedOf(record: ObjectSchema | undefined, object: ObjectSchema): ReadonlySet<string> {
  const numbers = columnsOf(object).filter((field) => SUMMED.has(field.type));
  const asked = new Set(
    record?.fields
      .filter((field) => field.declared === "rollup" && field.config.object === object.key && field.config.op === "sum")
      .map((field) => field.config.measure),
  );
  const chosen = numbers.filter((field) => asked.has(field.key) || field.config.summed === true);
  return new Set((chosen.length ? chosen : numbers).map((field) => field.key));
}

/** A line that is being changed: what is calculated from it is not known until it is saved. */
export function typed(line: Line, columns: readonly Field[]): Line {
  const calculated = new Set(columns.filter((field) => field.readonly).map((field) => field.key));
  return Object.fromEntries(Object.entries(line).filter(([key]) => !calculated.has(key)));
}

/** The sum of a column, by the digits it shows; null where nothing is filled in. */
export function totalOf(field: Field, lines: readonly Line[]): number | null {
  if (field.readonly && lines.some((line) => line[field.key] === undefined)) return null;
  const values = lines.map((line) => line[field.key]).filter((value) => value !== null && value !== undefined);
  if (values.length === 0) return null;
  const places = field.type === "money" ? 2 : Number(field.config.decimals ?? (field.type === "decimal" ? 2 : 0));
  const scale = 10 ** places;
  return values.reduce<number>((sum, value) => sum + Math.round(Number(value) * scale), 0) / scale;
}

export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  if (to < 0 || to >= items.length || from === to) return [...items];
  const next = [...items];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

/** The cells of what a spreadsheet puts on the clipboard; null for a single piece of text. */
export function cellsOf(text: string): string[][] | null {
  if (!/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return null;
  const rows: string[][] = [[]];
  const pattern = /("(?:[^"]|"")*"|[^\t\r\n]*)(\t|\r\n|\n|\r|$)/gy;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const cell = found[1] ?? "";
    const quoted = cell.length > 1 && cell.startsWith('"');
    rows[rows.length - 1]?.push((quoted ? cell.slice(1, -1).replaceAll('""', '"') : cell).trim());
    if (found[2] === "") break;
    if (found[2] !== "\t") rows.push([]);
  }
  const last = rows[rows.length - 1];
  if (rows.length > 1 && (!last?.length || (last.length === 1 && last[0] === ""))) rows.pop();
  return rows.slice(0, MAX_LINES);
}

const YES = new Set(["true", "yes", "y", "1", "是", "对", "√", "✓"]);
const NO = new Set(["false", "no", "n", "0", "否", "不", "×"]);

function numberIn(text: string): number | undefined {
  const bare = text.normalize("NFKC").replace(/[,\s¥$€£元%]/g, "");
  const found = Number(bare);
  return bare !== "" && Number.isFinite(found) ? found : undefined;
}

function dateIn(text: string): string | undefined {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.normalize("NFKC"));
  return found ? `${found[1]}-${found[2]?.padStart(2, "0")}-${found[3]?.padStart(2, "0")}` : undefined;
}

function optionIn(options: readonly Option[], text: string): string | undefined {
  const wanted = text.toLowerCase();
  return options.find((each) =>
    [each.value, each.label["zh-CN"], each.label.en].some((name) => name.toLowerCase() === wanted),
  )?.value;
}

const READERS: Partial<Record<string, (text: string, field: Field) => unknown>> = {
  number: numberIn,
  decimal: numberIn,
  money: numberIn,
  percent: numberIn,
  rating: numberIn,
  date: dateIn,
  boolean: (text) => (YES.has(text.toLowerCase()) ? true : NO.has(text.toLowerCase()) ? false : undefined),
  select: (text, field) => optionIn(field.options ?? [], text),
  multi_select: (text, field) => {
    const found = text.split(/[,，、;；]/).map((part) => optionIn(field.options ?? [], part.trim()));
    return found.every((each) => each !== undefined) ? found : undefined;
  },
  tags: (text) => text.split(/[,，、;；]/).map((part) => part.trim()),
  text: (text) => text,
  long_text: (text) => text,
  email: (text) => text,
  phone: (text) => text,
  url: (text) => text,
  tax_number: (text) => text,
};

/** The value that a pasted cell means; undefined where it cannot be told. */
export function valueIn(field: Field, text: string): unknown {
  if (text === "") return null;
  return READERS[field.type]?.(text, field);
}

/** The rows with a pasted piece laid over them from a cell on, longer where it is; and how many cells were not read. */
export function pasted(
  rows: readonly Row[],
  columns: readonly Field[],
  at: { row: number; column: number },
  cells: readonly (readonly string[])[],
  fresh: () => Row,
): { rows: Row[]; unread: number } {
  const next = [...rows];
  let unread = 0;
  cells.forEach((texts, down) => {
    const index = at.row + down;
    if (index >= MAX_LINES) return;
    const row = next[index] ?? fresh();
    const line = { ...typed(row.line, columns) };
    texts.forEach((text, right) => {
      const field = columns[at.column + right];
      if (!field || field.readonly) return;
      const value = valueIn(field, text);
      if (value === undefined) unread += 1;
      else line[field.key] = value;
    });
    next[index] = { ...row, line };
  });
  return { rows: next, unread };
}
