/** From a group's key to the filter that finds its records, so that a figure opens exactly what it counted. */
import dayjs from "dayjs";
import quarterOfYear from "dayjs/plugin/quarterOfYear";
import type { FilterNode } from "@/api/types";

dayjs.extend(quarterOfYear);

export interface GroupBy {
  field: string;
  bucket?: string | null;
}

const PERIODS: Record<string, "day" | "week" | "month" | "quarter" | "year"> = {
  day: "day",
  week: "week",
  month: "month",
  quarter: "quarter",
  year: "year",
};

export function filterOf(by: GroupBy, key: unknown): FilterNode {
  if (key === null || key === undefined) return { field: by.field, op: "is_empty" } as FilterNode;
  const period = by.bucket ? PERIODS[by.bucket] : undefined;
  if (period && typeof key === "string") {
    const start = dayjs(key);
    const next = period === "quarter" ? start.add(1, "quarter") : start.add(1, period);
    return {
      and: [
        { field: by.field, op: "on_or_after", value: start.format("YYYY-MM-DD") },
        { field: by.field, op: "before", value: next.format("YYYY-MM-DD") },
      ],
    };
  }
  if (by.bucket) return { field: by.field, op: "within", value: key };
  return { field: by.field, op: "is", value: key };
}

/** How a period is written: 2026-03, 2026 Q1, 2026. */
export function periodText(key: string, bucket: string | null | undefined): string {
  const day = dayjs(key);
  if (bucket === "year") return day.format("YYYY");
  if (bucket === "quarter") return `${day.format("YYYY")} Q${day.quarter()}`;
  if (bucket === "month") return day.format("YYYY-MM");
  return bucket && bucket in PERIODS ? day.format("YYYY-MM-DD") : (key.split("/").at(-1) ?? key);
}
