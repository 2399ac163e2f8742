import type { ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { FieldRead, isBlank, moduleOf } from "../fields";
import { isDue } from "../fields/date/due";
import styles from "./records.module.css";
import { fieldsOnPage, useRecordLayout } from "./useRecordLayout";

/** The numbers that are there and that the layout shows, in one strip: money first, then other figures, then what is due. */
export function KeyFigures({ object, record, most = 5 }: { object: ObjectSchema; record: RecordData; most?: number }) {
  const label = useLabel();
  const { layout, waiting } = useRecordLayout(object, record);
  // What a rule hides below does not stand at the top: not even until the answer is there.
  const here = waiting ? [] : fieldsOnPage(object, layout);
  const filled = here.filter((field) => !field.system && !field.masked && !isBlank(record[field.key]));
  const numbers = filled
    .filter((field) => moduleOf(field).align === "end" || field.type === "rating")
    .filter((field) => field.config.grouping !== false)
    .sort((a, b) => Number(b.type === "money") - Number(a.type === "money"));
  const due = filled.filter(
    (field) => (field.type === "date" || field.type === "datetime") && (isDue(field) || field.in_list),
  );
  const shown = [...numbers, ...due].slice(0, most);
  if (shown.length === 0) return null;
  return (
    <dl className={styles.figures}>
      {shown.map((field) => (
        <div key={field.key}>
          <dt className="gx-cut">{label(field.label)}</dt>
          <dd>
            <FieldRead field={field} value={record[field.key]} record={record} place="cell" />
          </dd>
        </div>
      ))}
    </dl>
  );
}
