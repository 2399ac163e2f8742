import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useLabel } from "@/i18n";
import type { EditProps } from "../contract";
import styles from "../shared/fields.module.css";

const FORMAT = "YYYY-MM-DD";

export function Edit({ value, field, onChange, id, autoFocus, invalid, describedBy, place }: EditProps<string>) {
  const label = useLabel();
  return (
    <DatePicker
      id={id}
      className={styles.fill}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange(day?.format(FORMAT) ?? null)}
      allowClear={!field.required}
      autoFocus={autoFocus}
      defaultOpen={place === "cell" && autoFocus}
      status={invalid ? "error" : undefined}
      aria-label={label(field.label)}
      aria-describedby={describedBy}
      needConfirm={false}
    />
  );
}
