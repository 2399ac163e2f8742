import { InputNumber, Select } from "antd";
import { useLabel } from "@/i18n";
import type { FilterProps } from "../contract";
import { useT } from "../messages";
import styles from "./fields.module.css";

const asNumber = (value: unknown): number | null => (typeof value === "number" ? value : null);

export function NumberFilter({ value, field, op, onChange }: FilterProps) {
  const label = useLabel();
  const t = useT();
  const name = label(field.label);
  if (op === "between") {
    const [from, to] = Array.isArray(value) ? value : [];
    return (
      <span className={styles.pair}>
        <InputNumber<number>
          controls={false}
          aria-label={t("from_label", { name })}
          value={asNumber(from)}
          onChange={(next) => onChange([next, to ?? null])}
        />
        <span className="gx-3">–</span>
        <InputNumber<number>
          controls={false}
          aria-label={t("to_label", { name })}
          value={asNumber(to)}
          onChange={(next) => onChange([from ?? null, next])}
        />
      </span>
    );
  }
  if (op === "in") {
    const list = Array.isArray(value) ? value.map(String) : [];
    return (
      <Select
        mode="tags"
        open={false}
        suffixIcon={null}
        aria-label={name}
        value={list}
        onChange={(next: string[]) => onChange(next.map(Number).filter((each) => Number.isFinite(each)))}
      />
    );
  }
  return (
    <InputNumber<number>
      controls={false}
      className={styles.fill}
      aria-label={name}
      value={asNumber(value)}
      onChange={onChange}
    />
  );
}
