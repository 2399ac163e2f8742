/** Periods that figures are asked for: windows by their name, or days from one to another. */
import type { ObjectSchema } from "@/api/types";

export const WINDOWS = [
  "today",
  "yesterday",
  "this_week",
  "last_week",
  "this_month",
  "last_month",
  "this_quarter",
  "last_quarter",
  "this_year",
  "last_year",
  "last_7_days",
  "last_30_days",
  "last_90_days",
] as const;

export type Window = (typeof WINDOWS)[number];

export const isWindow = (period: unknown): period is Window => (WINDOWS as readonly unknown[]).includes(period);

/** The fields that a period can be of. */
export const dated = (object: ObjectSchema) => object.fields.filter((field) => field.buckets?.includes("day"));

/** The date that a period usually means: the object's own before when the record was made. */
export function dateOf(object: ObjectSchema): string | null {
  const offered = dated(object);
  const own = offered.find((field) => !field.system && field.type === "date" && field.in_list);
  return (own ?? offered.find((field) => field.key === "created_at") ?? offered[0])?.key ?? null;
}
