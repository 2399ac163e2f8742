/** Conditional colours: the server says which rules hold for a record, the first one colours it. */
import type { RecordData, ViewDefinition } from "@/api/types";

export type ColorRule = NonNullable<ViewDefinition["colors"]>[number];

export const COLORS: readonly ColorRule["color"][] = ["red", "orange", "gold", "green", "blue", "purple", "gray"];

const SHADES: Record<ColorRule["color"], string> = {
  red: "var(--gx-bad-solid)",
  orange: "#d9772b",
  gold: "var(--gx-warn-solid)",
  green: "var(--gx-ok-solid)",
  blue: "var(--gx-info-solid)",
  purple: "#8661c1",
  gray: "var(--gx-mute-solid)",
};

export const shadeOf = (color: ColorRule["color"]): string => SHADES[color];

/** The dot of a board's column: the colour of its option, as far as it is one of these. */
export const shadeOfOption = (color: string | null | undefined): string =>
  SHADES[color as ColorRule["color"]] ?? "var(--gx-stage-3)";

export function colorOf(record: RecordData, rules: readonly ColorRule[]): string | undefined {
  const first = Array.isArray(record.marks) ? (record.marks as number[])[0] : undefined;
  const rule = first === undefined ? undefined : rules[first];
  return rule && SHADES[rule.color];
}

/** A rule without a condition yet colours nothing. */
export const marksOf = (rules: readonly ColorRule[]) =>
  rules.length > 0 ? rules.map((rule) => (isBlank(rule.filter) ? { or: [] } : rule.filter)) : undefined;

const isBlank = (filter: ColorRule["filter"]): boolean =>
  filter === null || ("and" in filter && filter.and.length === 0);
