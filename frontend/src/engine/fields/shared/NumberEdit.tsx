import { InputNumber } from "antd";
import type { ReactNode } from "react";
import { useLabel } from "@/i18n";
import type { EditProps } from "../contract";
import styles from "./fields.module.css";
import { decimalsOf } from "./NumberRead";

const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

/** Digits are kept as typed: precision comes from the field, never from rounding on the way. */
export function NumberEdit({
  value,
  field,
  onChange,
  id,
  autoFocus,
  invalid,
  describedBy,
  before,
  after,
}: EditProps<number> & { before?: ReactNode; after?: ReactNode }) {
  const label = useLabel();
  const { config } = field;
  return (
    <InputNumber<number>
      id={id}
      className={styles.fill}
      value={value ?? null}
      onChange={(next) => onChange(next ?? null)}
      autoFocus={autoFocus}
      min={number(config.min)}
      max={number(config.max)}
      precision={decimalsOf(config)}
      controls={false}
      prefix={before}
      suffix={after}
      status={invalid ? "error" : undefined}
      aria-label={label(field.label)}
      aria-describedby={describedBy}
    />
  );
}
