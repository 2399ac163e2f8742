/**
 * Cells being put right: what was typed over the file's rows, not yet on the server. Pure; the grid draws it.
 */
import type { ImportRow } from "@/api/types";

/** By row number, by column index: the new text. */
export type Fixes = Readonly<Record<number, Readonly<Record<number, string>>>>;

export function setCell(fixes: Fixes, row: ImportRow, index: number, text: string): Fixes {
  const cells = { ...fixes[row.row] };
  if (text === (row.cells[index] ?? "")) delete cells[index];
  else cells[index] = text;
  const next = { ...fixes };
  if (Object.keys(cells).length === 0) delete next[row.row];
  else next[row.row] = cells;
  return next;
}

export const cellOf = (fixes: Fixes, row: ImportRow, index: number): string =>
  fixes[row.row]?.[index] ?? row.cells[index] ?? "";

/** Replaces in one column of the rows given, anywhere in the cell. */
export function replaceIn(
  fixes: Fixes,
  rows: readonly ImportRow[],
  index: number,
  find: string,
  replacement: string,
): { fixes: Fixes; count: number } {
  if (find === "") return { fixes, count: 0 };
  let next = fixes;
  let count = 0;
  for (const row of rows) {
    const before = cellOf(next, row, index);
    const after = before.split(find).join(replacement);
    if (after === before) continue;
    next = setCell(next, row, index, after);
    count += 1;
  }
  return { fixes: next, count };
}

/** The first cell that is still wrong: what somebody who replaces most likely means. */
export function firstError(rows: readonly ImportRow[], fixes: Fixes): { index: number; text: string } | null {
  for (const row of rows)
    for (const { index } of row.errors)
      if (index != null && fixes[row.row]?.[index] === undefined) return { index, text: row.cells[index] ?? "" };
  return null;
}

export const toRequest = (fixes: Fixes) =>
  Object.entries(fixes).map(([row, cells]) => ({
    row: Number(row),
    cells: Object.fromEntries(Object.entries(cells).map(([index, text]) => [String(index), text])),
  }));

/** What one request may carry; the server refuses more. */
const PER_REQUEST = 1000;

export const batches = <T>(items: readonly T[], size = PER_REQUEST): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));

/** From the clipboard of a spreadsheet: rows of tab-separated cells laid down from one cell. */
export function paste(fixes: Fixes, rows: readonly ImportRow[], at: number, index: number, text: string): Fixes {
  let next = fixes;
  text
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .forEach((line, down) => {
      const row = rows[at + down];
      if (!row) return;
      line.split("\t").forEach((cell, right) => {
        if (index + right < row.cells.length) next = setCell(next, row, index + right, cell.trim());
      });
    });
  return next;
}
