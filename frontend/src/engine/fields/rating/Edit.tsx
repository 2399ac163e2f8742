import { Rate } from "antd";
import type { EditProps } from "../contract";
import { maxOf } from "./max-of";

export function Edit({ value, field, onChange, id, autoFocus }: EditProps<number>) {
  return (
    <Rate
      id={id}
      count={maxOf(field.config)}
      value={value ?? 0}
      onChange={(next) => onChange(next || null)}
      autoFocus={autoFocus}
    />
  );
}
