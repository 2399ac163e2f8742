import { Select } from "antd";
import type { ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { dated } from "../../views/period/windows";
import styles from "../dashboards.module.css";
import { useT } from "../messages";

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
