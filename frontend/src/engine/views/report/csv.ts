/** A report as a file for spreadsheets: the figures that are shown, as numbers, with the names beside them. */
import { columnShown, figuresOf } from "./figures";
import type { Matrix } from "./matrix";
import type { useReportNames } from "./names";
import type { ReportChoice } from "./ReportBar";

type Names = ReturnType<typeof useReportNames>;

/** A text as a cell; what a spreadsheet would take for a formula is made a text by an apostrophe (OWASP, CSV injection). */
export function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[\s]*[=+\-@|%]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvOf(title: string, matrix: Matrix, choice: ReportChoice, names: Names): string {
  const [first, second] = choice.groups;
  const figures = figuresOf(choice.measures, choice.compare?.how);
  const heads = matrix.columns.flatMap((column) =>
    figures.map((figure) => {
      const name = names.column(figure, choice.compare?.how);
      return second ? `${names.head(column, second)} · ${name}` : name;
    }),
  );
  const shown = matrix.columns.map((_, column) => columnShown(matrix, figures, column, choice.measures.length));
  const rows = matrix.rows.map((head, row) => [
    names.head(head, first),
    ...shown.flatMap((column) => figures.map((_, at) => column[row]?.[at] ?? null)),
  ]);
  return [[title, ...heads], ...rows].map((line) => line.map(cell).join(",")).join("\r\n");
}

export function saveCsv(title: string, matrix: Matrix, choice: ReportChoice, names: Names): void {
  // The mark at the start tells Excel that it is UTF-8.
  const file = new Blob(["\ufeff", csvOf(title, matrix, choice, names)], { type: "text/csv;charset=utf-8" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${title}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
