import { Select } from "antd";
import { useLabel } from "@/i18n";
import type { FilterProps } from "../contract";
import styles from "./fields.module.css";
import { OptionChip } from "./OptionChip";
import { searchText } from "./search-text";

const LISTS = new Set(["in", "not_in", "has_any", "has_all", "has_none"]);

export function OptionFilter({ value, field, op, onChange }: FilterProps) {
  const label = useLabel();
  const many = LISTS.has(op);
  const options = (field.options ?? []).map((option) => ({
    value: option.value,
    label: label(option.label, option.value),
    option,
  }));
  return (
    <Select
      className={styles.fill}
      mode={many ? "multiple" : undefined}
      aria-label={label(field.label)}
      value={many ? (Array.isArray(value) ? value : []) : (value ?? undefined)}
      onChange={onChange}
      options={options}
      optionRender={({ data }) => <OptionChip option={data.option} value={String(data.value)} />}
      showSearch={{ filterOption: (input, option) => searchText(option?.label).includes(searchText(input)) }}
      maxTagCount="responsive"
    />
  );
}
