import type { LinkRef } from "@/api/types";
import { useLabel } from "@/i18n";
import type { EditProps } from "../contract";
import { AsyncPicker } from "../shared/AsyncPicker";
import { choiceOfLink, linkOfChoice, recordsOf } from "../shared/pickers";

export function Edit({ value, field, onChange, id, autoFocus, invalid, describedBy, place }: EditProps<LinkRef>) {
  const label = useLabel();
  const target = field.target ?? "";
  return (
    <AsyncPicker
      id={id}
      label={label(field.label)}
      value={value ? choiceOfLink(value) : null}
      onChange={(choice) => onChange(choice ? linkOfChoice(choice, target) : null)}
      source={recordsOf(target)}
      allowClear={!field.required}
      autoFocus={autoFocus}
      defaultOpen={place === "cell" && autoFocus}
      invalid={invalid}
      describedBy={describedBy}
      popupWidth={place === "cell" ? 280 : undefined}
    />
  );
}
