import type { ObjectSchema } from "@/api/types";
import { useObject } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import type { Line } from "../contract";
import { FieldRead } from "../Field";
import { moduleOf } from "../registry";
import { columnsOf, readingColumns, summedOf, totalOf } from "./lines";
import styles from "./lines.module.css";
import { useT } from "./messages";

/** The lines with their totals; cards on a phone (by the style sheet). */
export function ReadTable({ object, lines, currency }: { object: ObjectSchema; lines: Line[]; currency?: string }) {
  const t = useT();
  const label = useLabel();
  const columns = readingColumns(columnsOf(object, currency), lines);
  const summed = summedOf(useObject(object.line_of?.object), object);
  return (
    <div className={styles.scroll}>
      <table className={styles.read}>
        <thead>
          <tr>
            {columns.map((field) => (
              <th key={field.key} scope="col" data-align={moduleOf(field).align}>
                {label(field.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={line.id ?? index}>
              {columns.map((field) => (
                <td key={field.key} data-align={moduleOf(field).align} data-label={label(field.label)}>
                  <FieldRead field={field} value={line[field.key]} place="form" />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {summed.size > 0 && lines.length > 1 && (
          <tfoot>
            <tr>
              {columns.map((field, index) => (
                <td
                  key={field.key}
                  data-align={moduleOf(field).align}
                  data-label={label(field.label)}
                  data-empty={!summed.has(field.key)}
                >
                  {summed.has(field.key) ? (
                    <FieldRead field={field} value={totalOf(field, lines)} place="form" />
                  ) : (
                    index === 0 && t("total")
                  )}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
