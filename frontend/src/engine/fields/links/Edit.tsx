import type { LinkRef } from "@/api/types";
import { useLabel } from "@/i18n";
import type { EditProps } from "../contract";
import { AsyncPicker } from "../shared/AsyncPicker";
import { choiceOfLink, linkOfChoice, recordsOf } from "../shared/pickers";

export function Edit({ value, field, onChange, id, autoFocus, invalid, describedBy, place }: EditProps<LinkRef[]>) {
  const label = useLabel();
  const target = field.target ?? "";
  return (
    <AsyncPicker
      many
      id={id}
      label={label(field.label)}
      value={(value ?? []).map(choiceOfLink)}
      onChange={(choices) => onChange(choices.length ? choices.map((choice) => linkOfChoice(choice, target)) : null)}
      source={recordsOf(target)}
      autoFocus={autoFocus}
      invalid={invalid}
      describedBy={describedBy}
      popupWidth={place === "cell" ? 280 : undefined}
    />
  );
}
