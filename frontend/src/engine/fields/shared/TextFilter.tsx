import { Input, Select } from "antd";
import { useLabel } from "@/i18n";
import type { FilterProps } from "../contract";

export function TextFilter({ value, field, op, onChange }: FilterProps) {
  const label = useLabel();
  const name = label(field.label);
  if (op === "in") {
    const list = Array.isArray(value) ? value.map(String) : [];
    return (
      <Select
        mode="tags"
        open={false}
        suffixIcon={null}
        aria-label={name}
        value={list}
        onChange={onChange}
        tokenSeparators={[",", "，", "\n"]}
      />
    );
  }
  return (
    <Input
      aria-label={name}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
