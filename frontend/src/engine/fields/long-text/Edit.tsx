import { Input } from "antd";
import { useLabel } from "@/i18n";
import type { EditProps } from "../contract";

export function Edit({ value, field, onChange, id, autoFocus, invalid, describedBy }: EditProps<string>) {
  const label = useLabel();
  return (
    <Input.TextArea
      id={id}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
      autoSize={{ minRows: 2, maxRows: 12 }}
      autoFocus={autoFocus}
      status={invalid ? "error" : undefined}
      aria-label={label(field.label)}
      aria-describedby={describedBy}
    />
  );
}
