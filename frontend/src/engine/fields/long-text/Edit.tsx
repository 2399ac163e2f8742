import { Input } from "antd";
import type { EditProps } from "../contract";

export function Edit({ value, onChange, id, autoFocus, invalid, describedBy }: EditProps<string>) {
  return (
    <Input.TextArea
      id={id}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
      autoSize={{ minRows: 2, maxRows: 12 }}
      autoFocus={autoFocus}
      status={invalid ? "error" : undefined}
      aria-describedby={describedBy}
    />
  );
}
