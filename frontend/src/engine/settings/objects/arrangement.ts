/** The order of fields in their sections while one drags: `{section: [field keys]}`, and what the server is told. */
import type { Design, DesignSection } from "./design";

export type Placed = Record<string, string[]>;

export function placedOf(design: Pick<Design, "sections" | "fields">): Placed {
  const placed: Placed = Object.fromEntries(design.sections.map((section) => [section.key, []]));
  for (const field of design.fields) {
    const list = placed[field.section ?? ""] ?? placed[design.sections[0]?.key ?? ""];
    list?.push(field.key);
  }
  return placed;
}

/** One step up or down; over the edge of a section into the next one. */
export function stepped(placed: Placed, order: string[], key: string, by: 1 | -1): Placed {
  const at = order.findIndex((section) => placed[section]?.includes(key));
  const section = order[at];
  if (section === undefined) return placed;
  const list = placed[section] ?? [];
  const from = list.indexOf(key);
  const to = from + by;
  if (to >= 0 && to < list.length) return { ...placed, [section]: list.toSpliced(from, 1).toSpliced(to, 0, key) };
  const next = order[at + by];
  if (next === undefined) return placed;
  const other = placed[next] ?? [];
  return {
    ...placed,
    [section]: list.toSpliced(from, 1),
    [next]: by > 0 ? [key, ...other] : [...other, key],
  };
}

export function movedSection(sections: DesignSection[], key: string, by: 1 | -1): DesignSection[] {
  const from = sections.findIndex((section) => section.key === key);
  const to = from + by;
  const moved = sections[from];
  if (!moved || to < 0 || to >= sections.length) return sections;
  return sections.toSpliced(from, 1).toSpliced(to, 0, moved);
}

/** The sections as the server takes them; a section without a key is new. */
export function toBody(sections: (Omit<DesignSection, "key"> & { key?: string })[], placed: Placed) {
  return sections.map((section) => ({
    ...(section.key === undefined ? {} : { key: section.key }),
    label: section.label,
    fields: section.key === undefined ? [] : (placed[section.key] ?? []),
  }));
}

export const sameOrder = (one: Placed, other: Placed): boolean => JSON.stringify(one) === JSON.stringify(other);
