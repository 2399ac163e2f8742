import type { ObjectSchema, RecordData } from "@/api/types";
import { FieldRead, isBlank } from "../fields";
import styles from "./records.module.css";
import { useRecordLayout } from "./useRecordLayout";

const MOST = 4;

/** What kind of record this is, in chips: its stages and choices that mean something, then its tags. */
export function RecordBadges({ object, record }: { object: ObjectSchema; record: RecordData }) {
  const { layout, waiting } = useRecordLayout(object, record);
  const here = waiting ? [] : object.fields.filter((field) => !layout?.hidden.includes(field.key));
  const chosen = here
    .filter((field) => (field.type === "select" || field.type === "stage") && !isBlank(record[field.key]))
    .filter((field) => field.in_list || field.type === "stage")
    .sort((a, b) => weight(a.options) - weight(b.options))
    .slice(0, MOST);
  const tags = here.find((field) => field.type === "tags" && !isBlank(record[field.key]));
  if (chosen.length === 0 && !tags) return null;
  return (
    <div className={styles.badges}>
      {chosen.map((field) => (
        <FieldRead key={field.key} field={field} value={record[field.key]} record={record} />
      ))}
      {tags && <FieldRead field={tags} value={record[tags.key]} record={record} />}
    </div>
  );
}

/** Tier and lifecycle first: their colours say so. */
function weight(options: ObjectSchema["fields"][number]["options"]): number {
  const color = options?.[0]?.color ?? "";
  return color.startsWith("tier") ? 0 : color.startsWith("life") ? 1 : 2;
}
