import { useLabel } from "@/i18n";
import type { FilterProps } from "../contract";
import { useT } from "../messages";
import { AsyncPicker, type Choice } from "../shared/AsyncPicker";
import { idsOf, namedChoice } from "../shared/LinkFilter";
import { people, teams } from "../shared/pickers";

/** People by name, with "me" and "my team" first: they stay right when someone else opens the view. */
export function Filter({ value, field, op, onChange }: FilterProps) {
  const label = useLabel();
  const t = useT();
  const within = op === "within";
  const words: Choice[] = within
    ? [
        { id: "my_team", title: t("my_team") },
        { id: "my_teams", title: t("my_teams") },
      ]
    : [{ id: "me", title: t("me") }];
  const source = within ? teams : people;
  const chosen = idsOf(value).map((id) => words.find((word) => word.id === id) ?? namedChoice(id));
  if (op === "in" || op === "not_in") {
    return (
      <AsyncPicker
        many
        label={label(field.label)}
        value={chosen}
        onChange={(next) => onChange(next.map((each) => each.id))}
        source={source}
        first={words}
      />
    );
  }
  return (
    <AsyncPicker
      label={label(field.label)}
      value={chosen[0] ?? null}
      onChange={(next) => onChange(next?.id ?? null)}
      source={source}
      first={words}
    />
  );
}
