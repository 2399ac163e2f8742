/** The numbers of a report: rows, columns and totals, each opening the records that it counts. */
import type { ReportMeasure } from "@/api/types";
import type { GroupBy } from "../group-filter";
import { useT } from "../messages";
import { columnShown, type Head, type Matrix, shownRows } from "./matrix";
import type { useReportNames } from "./names";
import styles from "./report.module.css";

interface Props {
  matrix: Matrix;
  groups: GroupBy[];
  measures: ReportMeasure[];
  names: ReturnType<typeof useReportNames>;
  title: string;
  onOpen: (row: Head | null, column: Head | null) => void;
}

export function ReportTable({ matrix, groups, measures, names, title, onOpen }: Props) {
  const t = useT();
  const [first, second] = groups;
  const last = measures.length;
  const figures = (values: (number | null)[], row: Head | null, column: Head | null, total = false) =>
    measures.map((measure, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a figure is its place
      <td key={at} className={total ? styles.total : undefined}>
        <button
          type="button"
          className={styles.figure}
          disabled={Boolean(row?.others || column?.others)}
          onClick={() => onOpen(row, column)}
        >
          {names.write(measure, values[at])}
        </button>
      </td>
    ));
  const shown = matrix.columns.map((_, column) => columnShown(matrix, measures, column));
  const ofRows = shownRows(measures, matrix.rowTotals, matrix.totals);
  const overall = measures.map((measure, at) => totalShown(measure, matrix.totals[at] ?? null));
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
            measures.map((measure, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a figure is its place
              <th key={`${String(head?.key)}-${at}`} scope="col">
                {names.measure(measure)}
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
              <Cells key={String(column.key)}>{figures(shown[at]?.[row] ?? [], head, second ? column : null)}</Cells>
            ))}
            {second && <Cells>{figures(ofRows[row] ?? [], head, null, true)}</Cells>}
          </tr>
        ))}
      </tbody>
      {first && (
        <tfoot>
          <tr>
            <th scope="row">{t("report.total")}</th>
            {matrix.columns.map((column, at) => (
              <Cells key={String(column.key)}>
                {figures(
                  measures.map((measure, m) => totalShown(measure, matrix.columnTotals[at]?.[m] ?? null)),
                  null,
                  second ? column : null,
                  true,
                )}
              </Cells>
            ))}
            {second && <Cells>{figures(overall, null, null, true)}</Cells>}
          </tr>
        </tfoot>
      )}
    </table>
  );
}

const Cells = ({ children }: { children: React.ReactNode }) => children;

const totalShown = (measure: ReportMeasure, total: number | null): number | null =>
  measure.show === "share" ? (total ? 100 : null) : measure.show === "growth" ? null : total;
