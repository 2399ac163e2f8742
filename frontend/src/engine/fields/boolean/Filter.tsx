import { Select } from "antd";
import { useLabel } from "@/i18n";
import type { FilterProps } from "../contract";
import { useT } from "../messages";
import styles from "../shared/fields.module.css";

export function Filter({ value, field, onChange }: FilterProps) {
  const label = useLabel();
  const t = useT();
  const options = [
    { value: "yes", label: t("yes") },
    { value: "no", label: t("no") },
  ];
  return (
    <Select<string>
      className={styles.fill}
      aria-label={label(field.label)}
      value={typeof value === "boolean" ? (value ? "yes" : "no") : undefined}
      onChange={(next) => onChange(next === "yes")}
      options={options}
    />
  );
}
