import type { ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { fieldsBySection } from "./editable";
import { FieldRow } from "./FieldRow";
import { useT } from "./messages";
import styles from "./records.module.css";

/** Every field in the sections of the layout, each editable where it stands. */
export function FieldSections({ object, record }: { object: ObjectSchema; record: RecordData }) {
  const t = useT();
  const label = useLabel();
  const sections = fieldsBySection(object, (field) => field.key !== object.title_field);
  return (
    <>
      {sections.map((section) => (
        <section key={section.key} className={styles.section}>
          <h2>{section.label ? label(section.label) : t("page.other")}</h2>
          <dl>
            {section.fields.map((field) => (
              <FieldRow key={field.key} object={object} record={record} field={field} />
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}
