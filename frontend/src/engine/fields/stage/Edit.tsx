import { Select } from "antd";
import { useLabel } from "@/i18n";
import type { EditProps } from "../contract";
import styles from "../shared/fields.module.css";
import { stageColor } from "./stage-color";

export function Edit({ value, field, onChange, id, autoFocus, invalid, describedBy, place }: EditProps<string>) {
  const label = useLabel();
  const options = (field.options ?? []).map((option) => ({
    value: option.value,
    label: label(option.label, option.value),
  }));
  return (
    <Select<string>
      id={id}
      className={styles.fill}
      value={value ?? undefined}
      onChange={(next) => onChange(next ?? null)}
      options={options}
      optionRender={({ value: each, label: name }) => (
        <span className={styles.withIcon}>
          <span
            className={styles.dot}
            style={{ background: stageColor(field.options, String(each)) }}
            aria-hidden="true"
          />
          {name}
        </span>
      )}
      autoFocus={autoFocus}
      defaultOpen={place === "cell" && autoFocus}
      status={invalid ? "error" : undefined}
      aria-label={label(field.label)}
      aria-describedby={describedBy}
      popupMatchSelectWidth={place === "cell" ? 180 : true}
    />
  );
}
