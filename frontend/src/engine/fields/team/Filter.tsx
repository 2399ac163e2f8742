import { useLabel } from "@/i18n";
import type { FilterProps } from "../contract";
import { AsyncPicker } from "../shared/AsyncPicker";
import { idsOf, namedChoice } from "../shared/LinkFilter";
import { teams } from "../shared/pickers";

export function Filter({ value, field, op, onChange }: FilterProps) {
  const label = useLabel();
  const chosen = idsOf(value).map(namedChoice);
  if (op === "in") {
    return (
      <AsyncPicker
        many
        label={label(field.label)}
        value={chosen}
        onChange={(next) => onChange(next.map((each) => each.id))}
        source={teams}
      />
    );
  }
  return (
    <AsyncPicker
      label={label(field.label)}
      value={chosen[0] ?? null}
      onChange={(next) => onChange(next?.id ?? null)}
      source={teams}
    />
  );
}
