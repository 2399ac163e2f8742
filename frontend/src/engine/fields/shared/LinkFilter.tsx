import { useLabel } from "@/i18n";
import type { FilterProps } from "../contract";
import { AsyncPicker, type Choice } from "./AsyncPicker";
import { nameOf } from "./names";
import { recordsOf } from "./pickers";

const LISTS = new Set(["in", "has_any", "has_all", "has_none"]);

export function idsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  return list.map((each) =>
    typeof each === "object" && each !== null ? String((each as { id: unknown }).id) : String(each),
  );
}

export const namedChoice = (id: string): Choice => ({ id, title: nameOf(id) ?? "…" });

export function LinkFilter({ value, field, op, onChange }: FilterProps) {
  const label = useLabel();
  const target = field.target ?? "";
  const source = recordsOf(target);
  const chosen = idsOf(value).map(namedChoice);
  if (LISTS.has(op)) {
    return (
      <AsyncPicker
        many
        label={label(field.label)}
        value={chosen}
        onChange={(next) => onChange(next.map((each) => each.id))}
        source={source}
      />
    );
  }
  return (
    <AsyncPicker
      label={label(field.label)}
      value={chosen[0] ?? null}
      onChange={(next) => onChange(next?.id ?? null)}
      source={source}
    />
  );
}
