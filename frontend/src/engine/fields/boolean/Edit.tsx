import { Switch } from "antd";
import { useLabel } from "@/i18n";
import type { EditProps } from "../contract";

export function Edit({ value, field, onChange, id, autoFocus, describedBy }: EditProps<boolean>) {
  const label = useLabel();
  return (
    <Switch
      id={id}
      checked={value === true}
      onChange={onChange}
      autoFocus={autoFocus}
      aria-label={label(field.label)}
      aria-describedby={describedBy}
    />
  );
}
