import type { Field } from "@/api/types";
import { useLabel } from "@/i18n";
import type { Line } from "../contract";
import { FieldRead } from "../Field";
import { moduleOf } from "../registry";
import { totalOf } from "./lines";
import styles from "./lines.module.css";
import { useT } from "./messages";

interface Props {
  columns: Field[];
  /** The columns that have a total. */
  summed: ReadonlySet<string>;
  lines: Line[];
}

/** What the columns of numbers add up to. */
export function Totals({ columns, summed, lines }: Props) {
  const t = useT();
  const label = useLabel();
  if (summed.size === 0) return null;
  return (
    <div className={styles.totals}>
      <span />
      {columns.map((field, index) => (
        <div key={field.key} data-align={moduleOf(field).align} data-empty={!summed.has(field.key) && index > 0}>
          {summed.has(field.key) ? (
            <>
              <span className={styles.cellLabel}>{label(field.label)}</span>
              <FieldRead field={field} value={totalOf(field, lines)} place="form" />
            </>
          ) : (
            index === 0 && t("total")
          )}
        </div>
      ))}
      <span />
    </div>
  );
}
