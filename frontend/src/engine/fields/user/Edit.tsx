import type { Ref } from "@/api/types";
import { useLabel } from "@/i18n";
import type { EditProps } from "../contract";
import { AsyncPicker } from "../shared/AsyncPicker";
import { choiceOfRef, people, refOfChoice } from "../shared/pickers";

export function Edit({ value, field, onChange, id, autoFocus, invalid, describedBy, place }: EditProps<Ref>) {
  const label = useLabel();
  return (
    <AsyncPicker
      id={id}
      label={label(field.label)}
      value={choiceOfRef(value)}
      onChange={(choice) => onChange(refOfChoice(choice))}
      source={people}
      allowClear={!field.required}
      autoFocus={autoFocus}
      defaultOpen={place === "cell" && autoFocus}
      invalid={invalid}
      describedBy={describedBy}
      popupWidth={place === "cell" ? 220 : undefined}
    />
  );
}
