import { Select } from "antd";
import type { ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import styles from "../dashboards.module.css";
import { useT } from "../messages";

const dated = (object: ObjectSchema) => object.fields.filter((field) => field.buckets?.includes("day"));

/** The date that a period usually means: the object's own before when the record was made. */
export function dateOf(object: ObjectSchema): string | null {
  const offered = dated(object);
  const own = offered.find((field) => !field.system && field.type === "date" && field.in_list);
  return (own ?? offered.find((field) => field.key === "created_at") ?? offered[0])?.key ?? null;
}

interface Props {
  object: ObjectSchema;
  value: string | null;
  onChange: (key: string | null) => void;
}

export function DateSelect({ object, value, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the select inside
    <label className={styles.field}>
      <span>{t("widget.date")}</span>
      <Select
        value={value ?? ""}
        aria-label={t("widget.date")}
        showSearch={{ optionFilterProp: "label" }}
        options={[
          { value: "", label: t("widget.no_date") },
          ...dated(object).map((field) => ({ value: field.key, label: label(field.label) })),
        ]}
        onChange={(key) => onChange(key || null)}
      />
    </label>
  );
}
