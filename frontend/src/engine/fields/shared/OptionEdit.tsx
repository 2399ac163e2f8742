import { Select } from "antd";
import { useLabel } from "@/i18n";
import type { EditProps } from "../contract";
import styles from "./fields.module.css";
import { OptionChip } from "./OptionChip";
import { searchText } from "./search-text";

export function OptionEdit({ value, field, onChange, id, autoFocus, invalid, describedBy, place }: EditProps<string>) {
  const label = useLabel();
  const open = (field.options ?? []).filter((option) => !option.retired || option.value === value);
  const options = open.map((option) => ({
    value: option.value,
    label: label(option.label, option.value),
    option,
  }));
  return (
    <Select<string>
      id={id}
      className={styles.fill}
      value={value ?? undefined}
      onChange={(next) => onChange(next ?? null)}
      options={options}
      optionRender={({ data }) => <OptionChip option={data.option} value={String(data.value)} />}
      showSearch={
        options.length > 8
          ? { filterOption: (input, option) => searchText(option?.label).includes(searchText(input)) }
          : false
      }
      allowClear={!field.required}
      autoFocus={autoFocus}
      defaultOpen={place === "cell" && autoFocus}
      status={invalid ? "error" : undefined}
      aria-label={label(field.label)}
      aria-describedby={describedBy}
      popupMatchSelectWidth={place === "cell" ? 180 : true}
    />
  );
}
