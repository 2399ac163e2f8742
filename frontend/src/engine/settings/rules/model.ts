/** Rules and validations as the settings hold them, and how their drafts become what the server takes. */
import type { Field, FilterNode, Label, ObjectSchema } from "@/api/types";

export type EffectKind = "show" | "hide" | "require" | "readonly" | "options" | "cascade" | "default";
export const EFFECT_KINDS: EffectKind[] = ["show", "hide", "require", "readonly", "options", "cascade", "default"];

export interface Effect {
  kind: EffectKind;
  fields?: string[];
  field?: string;
  options?: string[];
  by?: string;
  table?: Record<string, string[]>;
  value?: unknown;
  from?: string;
  formula?: string;
}
interface Row {
  id: string;
  name: Partial<Label>;
  condition: FilterNode | null;
  enabled: boolean;
  position: number;
  version: number;
}
export interface RuleRow extends Row {
  effects: Effect[];
}
export interface ValidationRow extends Row {
  message: Label;
  field: string;
  severity: "error" | "warning";
  /** What must be true, in place of a condition that says what is wrong. */
  formula: string;
}
export interface WatchRow extends Row {
  fields: string[];
  /** A new record with one of the fields filled counts as a change. */
  on_create: boolean;
  action: "task" | "notify";
  to: "owner" | "manager";
  message: Label;
  due_days: number;
}
export interface Preview {
  failing: { value: number; exact: boolean } | null;
  total: { value: number; exact: boolean };
  examples: { id: string; title: string }[];
  test: ({ holds: boolean } & Record<string, unknown>) | null;
}

export const isListing = (kind: EffectKind): boolean =>
  kind === "show" || kind === "hide" || kind === "require" || kind === "readonly";

/** The fields an effect may be on. */
export function mayBeOn(object: ObjectSchema, kind: EffectKind): (field: Field) => boolean {
  return (field) => {
    if (field.system && field.key !== "owner") return false;
    if (kind === "show" || kind === "hide") return field.key !== object.title_field;
    if (field.readonly || field.type === "serial") return false;
    if (kind === "options" || kind === "cascade") return (field.options?.length ?? 0) > 0;
    return kind !== "default" || !DEFAULTLESS.has(field.type);
  };
}

const DEFAULTLESS = new Set(["file", "files", "image", "links"]);

/** The fields whose value a cascade can go by: those that hold one option. */
export const mayDecide = (field: Field): boolean => (field.options?.length ?? 0) > 0 && field.type !== "multi_select";

/** The types that a formula can result in; of other fields it gives the text that one would type. */
const RESULTS = new Set(["number", "decimal", "money", "percent", "text", "boolean", "date", "datetime"]);
export const resultFor = (field: Field): string => (RESULTS.has(field.type) ? field.type : "text");

/** What is calculated is never changed by itself. */
const CALCULATED = new Set(["formula", "lookup", "rollup", "sub_table"]);
export const mayBeWatched = (field: Field): boolean =>
  !CALCULATED.has(field.declared ?? field.type) && (!field.system || field.key === "owner");

/** Links and people are no result of a formula. */
export const mayBeCalculated = (field: Field): boolean =>
  !field.target && field.type !== "user" && field.type !== "team";

/** Whether enough is said for the server to be asked. */
export function isWhole(effect: Effect): boolean {
  if (isListing(effect.kind)) return Boolean(effect.fields?.length);
  if (!effect.field) return false;
  if (effect.kind === "options") return Boolean(effect.options?.length);
  if (effect.kind === "cascade")
    return Boolean(effect.by && Object.values(effect.table ?? {}).some((allowed) => allowed.length));
  if (effect.formula !== undefined) return effect.formula.trim() !== "";
  return effect.from !== undefined ? effect.from !== "" : effect.value !== undefined && effect.value !== null;
}

/** An effect as it is sent: links and people by their id, table rows that say nothing left out. */
export function toSend(effect: Effect): Effect {
  if (effect.kind === "cascade")
    return { ...effect, table: Object.fromEntries(Object.entries(effect.table ?? {}).filter(([, all]) => all.length)) };
  const { value } = effect;
  if (typeof value === "object" && value !== null && "id" in value)
    return { ...effect, value: (value as { id: unknown }).id };
  return effect;
}
