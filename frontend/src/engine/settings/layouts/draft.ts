/** A layout as it is edited: tabs of sections by id, and for each section the fields that stand in it, in order. */
import type { FilterNode, Id, Label, LayoutTab, ObjectSchema, ShownLayout } from "@/api/types";
import { fieldsBySection, isEditable } from "../../records/editable";

export type LayoutKind = "form" | "page";

export interface LayoutRow {
  id: Id;
  name: Label;
  kind: LayoutKind;
  roles: string[];
  condition: FilterNode | null;
  definition: { tabs: LayoutTab[]; related: ShownLayout["related"] };
  enabled: boolean;
  position: number;
  version: number;
}
export interface SectionDraft {
  id: string;
  label: Label;
  columns: number;
  collapsed: boolean;
}
export interface TabDraft {
  id: string;
  label: Label;
  sections: SectionDraft[];
}
export interface LayoutDraft {
  name: Label;
  kind: LayoutKind;
  roles: string[];
  condition: FilterNode | null;
  tabs: TabDraft[];
  /** By section: its fields; `PALETTE` holds those that are nowhere. */
  fields: Record<string, string[]>;
  /** Null: the lists that the links make. */
  related: ShownLayout["related"];
}

export const PALETTE = "palette";
const BLANK: Label = { "zh-CN": "", en: "" };

let made = 0;
const fresh = (kind: string) => `${kind}-${++made}`;

/** Fields that a layout of this kind can place. */
export function placeable(object: ObjectSchema, kind: LayoutKind): string[] {
  return object.fields
    .filter((field) => (kind === "form" ? isEditable({ ...object, can: { ...object.can, edit: true } }, field) : true))
    .filter((field) => kind === "form" || field.key !== object.title_field)
    .sort((a, b) => a.position - b.position)
    .map((field) => field.key);
}

/** A new layout begins as what is there without one. */
export function startOf(object: ObjectSchema, kind: LayoutKind, name: Label): LayoutDraft {
  const keys = new Set(placeable(object, kind));
  const tabs: LayoutTab[] = [
    {
      key: "main",
      label: null,
      sections: fieldsBySection(object, (field) => keys.has(field.key)).map((section) => ({
        key: section.key,
        label: section.label,
        columns: 2,
        collapsed: false,
        fields: section.fields.map((field) => field.key),
      })),
    },
  ];
  return draftOf(object, { name, kind, roles: [], condition: null, definition: { tabs, related: null } });
}

export function draftOf(
  object: ObjectSchema,
  row: Pick<LayoutRow, "name" | "kind" | "roles" | "condition" | "definition">,
): LayoutDraft {
  const fields: Record<string, string[]> = {};
  const known = new Set(object.fields.map((field) => field.key));
  const tabs = row.definition.tabs.map((tab) => ({
    id: fresh("tab"),
    label: tab.label ?? BLANK,
    sections: tab.sections.map((section) => {
      const id = fresh("section");
      fields[id] = section.fields.filter((key) => known.has(key));
      return { id, label: section.label ?? BLANK, columns: section.columns, collapsed: section.collapsed };
    }),
  }));
  const placed = new Set(Object.values(fields).flat());
  fields[PALETTE] = placeable(object, row.kind).filter((key) => !placed.has(key));
  const { name, kind, roles, condition } = row;
  return { name, kind, roles, condition, tabs, fields, related: row.definition.related };
}

/** What the server keeps. */
export function toBody(draft: LayoutDraft) {
  const labelled = (label: Label) => (label["zh-CN"] || label.en ? filledIn(label) : null);
  return {
    name: filledIn(draft.name),
    kind: draft.kind,
    roles: draft.roles,
    condition: draft.condition,
    definition: {
      tabs: draft.tabs.map((tab) => ({
        label: labelled(tab.label),
        sections: tab.sections.map((section) => ({
          label: labelled(section.label),
          columns: section.columns,
          collapsed: section.collapsed,
          fields: draft.fields[section.id] ?? [],
        })),
      })),
      related: draft.related,
    },
  };
}

const filledIn = (label: Label): Label => ({ "zh-CN": label["zh-CN"] || label.en, en: label.en || label["zh-CN"] });

export function withSection(draft: LayoutDraft, tab: string): LayoutDraft {
  const section = { id: fresh("section"), label: BLANK, columns: 2, collapsed: false };
  return {
    ...draft,
    tabs: draft.tabs.map((each) => (each.id === tab ? { ...each, sections: [...each.sections, section] } : each)),
    fields: { ...draft.fields, [section.id]: [] },
  };
}

export function withTab(draft: LayoutDraft): LayoutDraft {
  const tab = { id: fresh("tab"), label: BLANK, sections: [] };
  return withSection({ ...draft, tabs: [...draft.tabs, tab] }, tab.id);
}

/** Its fields go back to the palette. */
export function withoutSection(draft: LayoutDraft, id: string): LayoutDraft {
  const { [id]: freed = [], ...fields } = draft.fields;
  return {
    ...draft,
    tabs: draft.tabs
      .map((tab) => ({ ...tab, sections: tab.sections.filter((section) => section.id !== id) }))
      .filter((tab, _, all) => tab.sections.length > 0 || all.length === 1),
    fields: { ...fields, [PALETTE]: [...(fields[PALETTE] ?? []), ...freed] },
  };
}

export function changed(draft: LayoutDraft, id: string, patch: Partial<SectionDraft>): LayoutDraft {
  return {
    ...draft,
    tabs: draft.tabs.map((tab) => ({
      ...tab,
      sections: tab.sections.map((section) => (section.id === id ? { ...section, ...patch } : section)),
    })),
  };
}

/** A field into the last section, or out of its section: what dragging does, for those who do not drag. */
export function toggled(draft: LayoutDraft, key: string): LayoutDraft {
  const from = Object.keys(draft.fields).find((id) => draft.fields[id]?.includes(key)) ?? PALETTE;
  const last = draft.tabs.at(-1)?.sections.at(-1)?.id;
  const to = from === PALETTE ? last : PALETTE;
  if (!to) return draft;
  return {
    ...draft,
    fields: {
      ...draft.fields,
      [from]: (draft.fields[from] ?? []).filter((each) => each !== key),
      [to]: [...(draft.fields[to] ?? []), key],
    },
  };
}

/** The draft as a page would be given it. */
export function shownOf(draft: LayoutDraft): ShownLayout {
  const { definition } = toBody(draft);
  return {
    id: "draft",
    kind: draft.kind,
    name: draft.name,
    related: definition.related,
    tabs: definition.tabs.map((tab, i) => ({
      ...tab,
      key: `t${i}`,
      sections: tab.sections.map((section, j) => ({ ...section, key: `s${i}_${j}` })),
    })),
  };
}
