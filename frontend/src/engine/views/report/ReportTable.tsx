/** The numbers of a report: rows, columns and totals, each opening the records that it counts. */
import type { Compare, ReportMeasure } from "@/api/types";
import type { GroupBy } from "../group-filter";
import { useT } from "../messages";
import { columnShown, figuresOf, shownRows, totalsShown } from "./figures";
import type { Head, Matrix } from "./matrix";
import type { useReportNames } from "./names";
import styles from "./report.module.css";

interface Props {
  matrix: Matrix;
  groups: GroupBy[];
  measures: ReportMeasure[];
  compare: Compare | null;
  names: ReturnType<typeof useReportNames>;
  title: string;
  /** Opens the records of a cell, or those that it stands beside. */
  onOpen: (row: Head | null, column: Head | null, before: boolean) => void;
}

export function ReportTable({ matrix, groups, measures, compare, names, title, onOpen }: Props) {
  const t = useT();
  const [first, second] = groups;
  const count = measures.length;
  const how = compare?.how;
  const shownFigures = figuresOf(measures, how);
  const last = shownFigures.length;
  const cells = (values: (number | null)[], row: Head | null, column: Head | null, total = false) =>
    shownFigures.map((figure, at) => {
      const value = values[at] ?? null;
      const isBefore = figure.as === "before";
      const opens = !row?.others && !column?.others && (figure.as === "value" || (isBefore && how !== "target"));
      const isChange = figure.as === "change" || figure.as === "changed";
      const judged = isChange && MORE_IS_BETTER.has(figure.measure.op) ? Math.sign(value ?? 0) : 0;
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: a figure is its place
        <td key={at} className={total ? styles.total : undefined} data-as={figure.as} data-judged={judged || undefined}>
          {opens ? (
            <button type="button" className={styles.figure} onClick={() => onOpen(row, column, isBefore)}>
              {names.cell(figure, value)}
            </button>
          ) : (
            <span className={styles.bare}>{names.cell(figure, value)}</span>
          )}
        </td>
      );
    });
  const shown = matrix.columns.map((_, column) => columnShown(matrix, shownFigures, column, count));
  const ofRows = shownRows(shownFigures, matrix.rowTotals, matrix.totals, count);
  const overall = totalsShown(shownFigures, matrix.totals, count);
  return (
    <table className={styles.table} aria-label={title}>
      <thead>
        {second && (
          <tr>
            <th scope="col" />
            {matrix.columns.map((head) => (
              <th key={String(head.key)} scope="colgroup" colSpan={last} className={styles.group}>
                {names.head(head, second)}
              </th>
            ))}
            <th scope="colgroup" colSpan={last} className={styles.group}>
              {t("report.total")}
            </th>
          </tr>
        )}
        <tr>
          <th scope="col">{title}</th>
          {(second ? [...matrix.columns, null] : matrix.columns).map((head) =>
            shownFigures.map((figure, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a figure is its place
              <th key={`${String(head?.key)}-${at}`} scope="col">
                {names.column(figure, how)}
              </th>
            )),
          )}
        </tr>
      </thead>
      <tbody>
        {matrix.rows.map((head, row) => (
          <tr key={head.others ? "others" : JSON.stringify(head.key)}>
            <th scope="row">{names.head(head, first)}</th>
            {matrix.columns.map((column, at) => (
              <Cells key={String(column.key)}>{cells(shown[at]?.[row] ?? [], head, second ? column : null)}</Cells>
            ))}
            {second && <Cells>{cells(ofRows[row] ?? [], head, null, true)}</Cells>}
          </tr>
        ))}
      </tbody>
      {first && (
        <tfoot>
          <tr>
            <th scope="row">{t("report.total")}</th>
            {matrix.columns.map((column, at) => (
              <Cells key={String(column.key)}>
                {cells(
                  totalsShown(shownFigures, matrix.columnTotals[at] ?? [], count),
                  null,
                  second ? column : null,
                  true,
                )}
              </Cells>
            ))}
            {second && <Cells>{cells(overall, null, null, true)}</Cells>}
          </tr>
        </tfoot>
      )}
    </table>
  );
}

/** Of a waiting time less is better; nobody here knows which figure is one. */
const MORE_IS_BETTER = new Set(["count", "sum", "distinct"]);

const Cells = ({ children }: { children: React.ReactNode }) => children;
