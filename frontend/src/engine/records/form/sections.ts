/** Where the fields of a form or a page stand: in the chosen layout, or in the sections that the fields name. */
import type { Field, LayoutTab, ObjectSchema, ShownLayout } from "@/api/types";
import { fieldsBySection } from "../editable";

export interface PlacedSection {
  key: string;
  label: LayoutTab["label"];
  columns: number;
  collapsed: boolean;
  fields: Field[];
}
export interface PlacedTab {
  key: string;
  label: LayoutTab["label"];
  sections: PlacedSection[];
}

/**
 * The tabs, their sections and fields. `keep` says which fields are shown at all; a layout shows what it places, and
 * `besides` adds fields that it does not place (those that the server asks for).
 */
export function placed(
  object: ObjectSchema,
  layout: ShownLayout | null | undefined,
  keep: (field: Field) => boolean,
  besides: (field: Field) => boolean = () => false,
): PlacedTab[] {
  if (!layout?.id) {
    const sections = fieldsBySection(object, keep).map((section) => ({ ...section, columns: 2, collapsed: false }));
    return sections.length ? [{ key: "main", label: null, sections }] : [];
  }
  const byKey = new Map(object.fields.map((field) => [field.key, field]));
  const standing = new Set<string>();
  const tabs = layout.tabs.map((tab) => ({
    ...tab,
    sections: tab.sections
      .map((section) => {
        const fields = section.fields.flatMap((key) => byKey.get(key) ?? []).filter(keep);
        for (const field of fields) standing.add(field.key);
        return { ...section, fields };
      })
      .filter((section) => section.fields.length > 0),
  }));
  const rest = object.fields.filter((field) => !standing.has(field.key) && besides(field));
  if (rest.length) tabs[0]?.sections.push({ key: "besides", label: null, columns: 2, collapsed: false, fields: rest });
  return tabs.filter((tab) => tab.sections.length > 0);
}

export const fieldsOf = (tabs: readonly PlacedTab[]): Field[] =>
  tabs.flatMap((tab) => tab.sections.flatMap((section) => section.fields));
