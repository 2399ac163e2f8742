import { Input } from "antd";
import { useLabel } from "@/i18n";
import type { EditProps } from "../contract";

const TYPES: Record<string, { type?: string; inputMode?: "email" | "tel" | "url"; autoComplete?: string }> = {
  email: { type: "email", inputMode: "email", autoComplete: "off" },
  phone: { type: "tel", inputMode: "tel", autoComplete: "off" },
  url: { type: "url", inputMode: "url", autoComplete: "off" },
};

export function TextEdit({ value, field, onChange, id, autoFocus, invalid, describedBy }: EditProps<string>) {
  const label = useLabel();
  const max = typeof field.config.max === "number" ? field.config.max : undefined;
  return (
    <Input
      id={id}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
      autoFocus={autoFocus}
      maxLength={max}
      status={invalid ? "error" : undefined}
      aria-label={label(field.label)}
      aria-describedby={describedBy}
      autoComplete="off"
      {...TYPES[field.type]}
    />
  );
}
