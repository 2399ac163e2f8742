import { DatePicker } from "antd";
import { useLabel } from "@/i18n";
import { useFormat } from "@/kit";
import type { EditProps } from "../contract";
import styles from "../shared/fields.module.css";
import { fromPicker, inZone } from "./zoned";

export function Edit({ value, field, onChange, id, autoFocus, invalid, describedBy, place }: EditProps<string>) {
  const label = useLabel();
  const { timeZone } = useFormat();
  return (
    <DatePicker
      id={id}
      className={styles.fill}
      showTime={{ format: "HH:mm", minuteStep: 5 }}
      format="YYYY-MM-DD HH:mm"
      value={value ? inZone(value, timeZone) : null}
      onChange={(picked) => onChange(picked ? fromPicker(picked, timeZone) : null)}
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
