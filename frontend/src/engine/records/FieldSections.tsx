import { Skeleton } from "antd";
import type { Field, ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { Tabs } from "@/kit";
import { FieldRow } from "./FieldRow";
import { type PlacedSection, placed } from "./form/sections";
import { useT } from "./messages";
import styles from "./records.module.css";
import { useRecordLayout } from "./useRecordLayout";

interface Props {
  object: ObjectSchema;
  record: RecordData;
  /** False where lines stand elsewhere on the page. */
  lines?: boolean;
}

/** Every field in the sections of the layout, each editable where it stands unless a rule locks it. */
export function FieldSections({ object, record, lines = true }: Props) {
  const t = useT();
  const label = useLabel();
  const { layout, waiting } = useRecordLayout(object, record);
  if (waiting) return <Skeleton active title={false} paragraph={{ rows: 10 }} />;
  const shown = (field: Field) =>
    field.key !== object.title_field && !layout?.hidden.includes(field.key) && (lines || field.type !== "sub_table");
  const tabs = placed(object, layout, shown);
  const draw = (section: PlacedSection) => {
    const title = section.label ? label(section.label) : t("page.other");
    const rows = (
      <dl data-columns={layout?.id ? section.columns : 1}>
        {section.fields.map((field) => (
          <FieldRow
            key={field.key}
            object={object}
            record={record}
            field={field}
            locked={layout?.locked.includes(field.key)}
          />
        ))}
      </dl>
    );
    return section.collapsed ? (
      <details key={section.key} className={styles.section}>
        <summary>
          <h2>{title}</h2>
        </summary>
        {rows}
      </details>
    ) : (
      <section key={section.key} className={styles.section}>
        <h2>{title}</h2>
        {rows}
      </section>
    );
  };
  if (tabs.length < 2) return <>{tabs[0]?.sections.map(draw)}</>;
  return (
    <Tabs
      label={t("page.fields")}
      items={tabs.map((tab, i) => ({
        key: tab.key,
        label: label(tab.label, String(i + 1)),
        children: tab.sections.map(draw),
      }))}
    />
  );
}
