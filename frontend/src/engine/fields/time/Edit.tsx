import { TimePicker } from "antd";
import dayjs from "dayjs";
import { useLabel } from "@/i18n";
import type { EditProps } from "../contract";
import styles from "../shared/fields.module.css";
import { timeOf } from "./time-of";

export function Edit({ value, field, onChange, id, autoFocus, invalid, describedBy }: EditProps<string>) {
  const label = useLabel();
  return (
    <TimePicker
      id={id}
      className={styles.fill}
      format="HH:mm"
      minuteStep={5}
      value={value ? timeOf(value) : null}
      onChange={(time) => onChange(time ? dayjs(time).format("HH:mm") : null)}
      allowClear={!field.required}
      autoFocus={autoFocus}
      status={invalid ? "error" : undefined}
      aria-label={label(field.label)}
      aria-describedby={describedBy}
      needConfirm={false}
    />
  );
}
