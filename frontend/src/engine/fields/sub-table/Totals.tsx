import type { Field } from "@/api/types";
import { useLabel } from "@/i18n";
import type { Line } from "../contract";
import { FieldRead } from "../Field";
import { moduleOf } from "../registry";
import { isSummed, totalOf } from "./lines";
import styles from "./lines.module.css";
import { useT } from "./messages";

/** What the columns of numbers add up to. */
export function Totals({ columns, lines }: { columns: Field[]; lines: Line[] }) {
  const t = useT();
  const label = useLabel();
  if (!columns.some(isSummed)) return null;
  return (
    <div className={styles.totals}>
      <span />
      {columns.map((field, index) => (
        <div key={field.key} data-align={moduleOf(field).align} data-empty={!isSummed(field) && index > 0}>
          {isSummed(field) ? (
            <>
              <span className={styles.cellLabel}>{label(field.label)}</span>
              <FieldRead field={field} value={totalOf(field, lines)} place="cell" />
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
