import { Select } from "antd";
import { useLabel } from "@/i18n";
import type { FilterProps } from "../contract";
import styles from "../shared/fields.module.css";

export function Filter({ value, field, onChange }: FilterProps) {
  const label = useLabel();
  return (
    <Select
      mode="tags"
      className={styles.fill}
      aria-label={label(field.label)}
      value={Array.isArray(value) ? value : []}
      onChange={onChange}
      options={(field.options ?? []).map((option) => ({
        value: option.value,
        label: label(option.label, option.value),
      }))}
      maxTagCount="responsive"
    />
  );
}
