// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: a virtual grid cannot be a table element
import type { Count, MeasureSpec, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { useFormat } from "@/kit";
import { currencyOf } from "../../fields/money/currency";
import { useT } from "../messages";
import type { ListControls } from "../useListState";
import type { TableColumn } from "./columns";
import styles from "./table.module.css";
import { useGroups } from "./useRecords";

interface Props {
  object: ObjectSchema;
  columns: TableColumn[];
  list: ListControls;
  count: Count | null;
}

/** Money is added up, other numbers are averaged. */
const measureOf = (column: TableColumn): "sum" | "avg" | null => {
  if (!column.own) return null;
  const { type, measures, config } = column.field;
  // A year is a name written in digits: its mean says nothing.
  if (config.grouping === false) return null;
  if (type === "money" && measures.includes("sum")) return "sum";
  return column.align === "end" || type === "rating" ? (measures.includes("avg") ? "avg" : null) : null;
};

/** Figures of everything the filter finds, not of what happens to be loaded. */
export function SummaryRow({ object, columns, list, count }: Props) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const measured = columns.flatMap((column) => {
    const op = measureOf(column);
    return op ? [{ column, op, as: `${op}_${column.path}` }] : [];
  });
  const measures: MeasureSpec[] = [
    { op: "count" },
    ...measured.map(({ column, op, as }) => ({ op, field: column.path, as })),
  ];
  const groups = useGroups(
    object.key,
    { filter: list.filter, q: list.q || undefined, group: [], measures },
    { enabled: measured.length > 0 || count?.exact === false },
  );
  const values = groups.data?.[0]?.values ?? {};
  const exact = typeof values.count === "number" ? { value: values.count, exact: true } : count;
  return (
    <div role="rowgroup" className={styles.footGroup}>
      <div role="row" className={styles.foot} tabIndex={-1}>
        <div role="gridcell" className={styles.pick} />
        {columns.map((column) => {
          const found = measured.find((each) => each.column === column);
          const value = found ? values[found.as] : undefined;
          return (
            <div
              key={column.path}
              role={column.path === object.title_field ? "rowheader" : "gridcell"}
              className={[
                styles.cell,
                column.path === object.title_field ? styles.title : "",
                column.align === "end" ? styles.end : "",
              ].join(" ")}
            >
              {column.path === object.title_field &&
                (exact ? t("table.total", { n: format.count(exact), name: label(object.label_plural) }) : "")}
              {found && typeof value === "number" && (
                <span title={`${t(`table.${found.op}`)} ${figure(format, column, value, true)}`}>
                  {found.op === "avg" && <span className="gx-3">{t("table.avg")} </span>}
                  {figure(format, column, value, false)}
                </span>
              )}
            </div>
          );
        })}
        <div role="presentation" className={styles.rest} />
      </div>
    </div>
  );
}

function figure(format: ReturnType<typeof useFormat>, column: TableColumn, value: number, full: boolean): string {
  const { field } = column;
  if (field.type === "money") {
    const currency = currencyOf(field.config);
    return full ? format.money(value, currency) : format.moneyShort(value, currency);
  }
  const rounded = Math.round(value * 10) / 10;
  return field.type === "percent" ? format.percent(rounded) : format.number(rounded);
}
