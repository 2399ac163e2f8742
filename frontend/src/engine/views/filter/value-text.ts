/** The value of a condition in words. */
import type { Field } from "@/api/types";
import type { LabelLike } from "@/i18n";
import type { Format } from "@/kit";
import type { ViewsT } from "../messages";
import { familyOf, isRelative, PERIODS, readRelative } from "./operators";
import type { Leaf } from "./tree";

export interface ValueContext {
  t: ViewsT;
  label: (text: LabelLike, fallback?: string) => string;
  nameOf: (id: string) => string | undefined;
  format: Pick<Format, "number" | "money" | "percent" | "date">;
}

const MOST = 3;

export function valueText(field: Field, leaf: Leaf, ctx: ValueContext): string {
  const { value, op } = leaf;
  if (op === "within" && familyOf(field) === "date") return periodText(value, ctx);
  if (op === "between" && Array.isArray(value)) {
    return ctx.t("sentence.range", { from: one(field, value[0], ctx), to: one(field, value[1], ctx) });
  }
  if (!Array.isArray(value)) return one(field, value, ctx);
  const names = value
    .slice(0, MOST)
    .map((each) => one(field, each, ctx))
    .join(ctx.t("sentence.list_join"));
  return value.length > MOST ? ctx.t("sentence.more", { names, count: value.length }) : names;
}

function periodText(value: unknown, ctx: ValueContext): string {
  const period = PERIODS.find((each) => each === value);
  return period ? ctx.t(`period.${period}`) : String(value);
}

function one(field: Field, value: unknown, ctx: ValueContext): string {
  if (isRelative(value)) return relativeText(value.relative, ctx.t);
  switch (familyOf(field)) {
    case "flag":
      return ctx.t(value ? "sentence.yes" : "sentence.no");
    case "date":
      return ctx.format.date(String(value));
    case "number":
      return numberText(field, value, ctx);
    case "choice":
    case "many":
      return ctx.label(
        field.options?.find((option) => option.value === value)?.label,
        named(value, ctx) ?? String(value),
      );
    case "person":
    case "link":
      return personText(value, ctx);
    default:
      return String(value);
  }
}

function numberText(field: Field, value: unknown, ctx: ValueContext): string {
  if (typeof value !== "number" || field.config.grouping === false) return String(value);
  if (field.type === "money") {
    return ctx.format.money(value, typeof field.config.currency === "string" ? field.config.currency : undefined);
  }
  return field.type === "percent" ? ctx.format.percent(value) : ctx.format.number(value);
}

const named = (value: unknown, ctx: ValueContext): string | undefined =>
  typeof value === "string" ? ctx.nameOf(value) : undefined;

function personText(value: unknown, ctx: ValueContext): string {
  if (value === "me") return ctx.t("sentence.me");
  if (value === "my_team") return ctx.t("sentence.my_team");
  if (value === "my_teams") return ctx.t("sentence.my_teams");
  if (typeof value === "object" && value !== null) {
    const { name, title } = value as { name?: string; title?: string };
    return name ?? title ?? ctx.t("sentence.unknown");
  }
  return named(value, ctx) ?? ctx.t("sentence.unknown");
}

export function relativeText(text: string, t: ViewsT): string {
  if (text === "today" || text === "now") return t(`relative.${text}`);
  const parsed = readRelative(text);
  if (!parsed) return text;
  const unit = parsed.unit as "d" | "w" | "m" | "q" | "y";
  return t(parsed.amount < 0 ? `relative.past_${unit}` : `relative.next_${unit}`, { n: Math.abs(parsed.amount) });
}
