/**
 * The words of operators. Which operators a field has comes from its metadata; how they are called depends on
 * the kind of value: a number is greater, a date is later.
 */
import type { Field, FieldTypeName } from "@/api/types";

export type Family = "text" | "number" | "date" | "choice" | "many" | "person" | "link" | "flag";

const FAMILY: Record<FieldTypeName, Family> = {
  text: "text",
  long_text: "text",
  rich_text: "text",
  email: "text",
  phone: "text",
  url: "text",
  address: "text",
  location: "text",
  serial: "text",
  tax_number: "text",
  json: "text",
  sub_table: "many",
  file: "many",
  files: "many",
  image: "text",
  number: "number",
  decimal: "number",
  money: "number",
  percent: "number",
  rating: "number",
  time: "number",
  boolean: "flag",
  date: "date",
  datetime: "date",
  select: "choice",
  stage: "choice",
  multi_select: "many",
  tags: "many",
  links: "many",
  user: "person",
  team: "person",
  link: "link",
};

export function familyOf(field: Pick<Field, "type">): Family {
  return FAMILY[field.type as FieldTypeName] ?? "text";
}

/** Where a condition begins: text is looked for, all else compared. */
export function firstOperator(field: Pick<Field, "type" | "operators"> | undefined): string {
  const ops = field?.operators ?? [];
  return ops.includes("contains") && familyOf(field as Field) === "text" ? "contains" : (ops[0] ?? "is");
}

/** Operators whose value is a list. */
const LISTS = new Set(["in", "not_in", "has_any", "has_all", "has_none"]);

export const takesList = (op: string): boolean => LISTS.has(op);

/** Keep what was typed where the new operator can use it. */
export function carryValue(from: string, to: string, value: unknown): unknown {
  if (value === undefined || from === to) return value;
  if (to === "between" || from === "between" || to === "within" || from === "within") return undefined;
  if (takesList(from) === takesList(to)) return value;
  if (takesList(to)) return [value];
  return Array.isArray(value) ? value[0] : value;
}

export const PERIODS = [
  "today",
  "yesterday",
  "tomorrow",
  "this_week",
  "last_week",
  "next_week",
  "this_month",
  "last_month",
  "next_month",
  "this_quarter",
  "last_quarter",
  "next_quarter",
  "this_year",
  "last_year",
  "next_year",
  "last_7_days",
  "last_30_days",
  "last_90_days",
  "next_7_days",
  "next_30_days",
] as const;

export type Relative = { relative: string };

export const isRelative = (value: unknown): value is Relative =>
  typeof value === "object" && value !== null && typeof (value as Relative).relative === "string";

/** "-30d" → { amount: -30, unit: "d" }. */
export function readRelative(text: string): { amount: number; unit: string } | undefined {
  const match = /^([+-]?\d+)([dwmqy])$/.exec(text);
  return match ? { amount: Number(match[1]), unit: match[2] ?? "d" } : undefined;
}

export function writeRelative(amount: number, unit: string): Relative {
  return { relative: `${amount >= 0 ? "+" : ""}${amount}${unit}` };
}
