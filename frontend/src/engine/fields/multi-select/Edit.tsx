import { Select } from "antd";
import { useLabel } from "@/i18n";
import type { EditProps } from "../contract";
import styles from "../shared/fields.module.css";
import { OptionChip } from "../shared/OptionChip";
import { searchText } from "../shared/search-text";

export function Edit({ value, field, onChange, id, autoFocus, invalid, describedBy, place }: EditProps<string[]>) {
  const label = useLabel();
  const open = (field.options ?? []).filter((option) => !option.retired || value?.includes(option.value));
  const options = open.map((option) => ({
    value: option.value,
    label: label(option.label, option.value),
    option,
  }));
  return (
    <Select<string[]>
      id={id}
      mode="multiple"
      className={styles.fill}
      value={value ?? []}
      onChange={(next) => onChange(next.length ? next : null)}
      options={options}
      optionRender={({ data }) => <OptionChip option={data.option} value={String(data.value)} />}
      showSearch={{ filterOption: (input, option) => searchText(option?.label).includes(searchText(input)) }}
      autoFocus={autoFocus}
      defaultOpen={place === "cell" && autoFocus}
      status={invalid ? "error" : undefined}
      aria-label={label(field.label)}
      aria-describedby={describedBy}
      popupMatchSelectWidth={place === "cell" ? 200 : true}
      maxTagCount={place === "cell" ? "responsive" : undefined}
    />
  );
}
