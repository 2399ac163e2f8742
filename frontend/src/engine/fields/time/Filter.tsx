import { TimePicker } from "antd";
import { useLabel } from "@/i18n";
import type { FilterProps } from "../contract";
import styles from "../shared/fields.module.css";
import { timeOf } from "./time-of";

export function Filter({ value, field, op, onChange }: FilterProps) {
  const label = useLabel();
  const pick = (each: unknown) => (typeof each === "string" && each ? timeOf(each) : null);
  if (op === "between") {
    const [from, to] = Array.isArray(value) ? value : [];
    return (
      <TimePicker.RangePicker
        className={styles.fill}
        format="HH:mm"
        value={[pick(from), pick(to)]}
        onChange={(range) => onChange(range ? range.map((each) => each?.format("HH:mm") ?? null) : null)}
      />
    );
  }
  return (
    <TimePicker
      className={styles.fill}
      format="HH:mm"
      aria-label={label(field.label)}
      value={pick(value)}
      onChange={(time) => onChange(time?.format("HH:mm") ?? null)}
      needConfirm={false}
    />
  );
}
