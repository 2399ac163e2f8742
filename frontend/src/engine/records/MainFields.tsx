import type { ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { FieldRead, isBlank } from "../fields";
import styles from "./records.module.css";
import { useRecordLayout } from "./useRecordLayout";

/** The first facts of a record, read only: for the preview. */
export function MainFields({ object, record, most }: { object: ObjectSchema; record: RecordData; most: number }) {
  const label = useLabel();
  const { layout } = useRecordLayout(object, record);
  const shown = object.fields
    .filter((field) => !layout?.hidden.includes(field.key))
    .filter((field) => field.key !== object.title_field && !isBlank(record[field.key]))
    .filter((field) => !field.system || field.key === "owner")
    .sort((a, b) => Number(b.in_list) - Number(a.in_list) || a.position - b.position)
    .slice(0, most);
  return (
    <dl className={styles.main}>
      {shown.map((field) => (
        <div key={field.key}>
          <dt>{label(field.label)}</dt>
          <dd>
            <FieldRead field={field} value={record[field.key]} record={record} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
