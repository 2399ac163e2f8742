/** From a group's key to the filter that finds its records, so that a figure opens exactly what it counted. */
import dayjs from "dayjs";
import quarterOfYear from "dayjs/plugin/quarterOfYear";
import type { FilterNode } from "@/api/types";

dayjs.extend(quarterOfYear);

export interface GroupBy {
  field: string;
  bucket?: string | null;
  /** Where one range of numbers ends and the next begins. */
  edges?: number[] | null;
}

export const RANGE = "range";

/** The ends of a range from its key: `0~1000`, `1000~`. */
export function endsOf(key: unknown): [number | null, number | null] {
  const [low = "", high = ""] = String(key).split("~");
  return [low === "" ? null : Number(low), high === "" ? null : Number(high)];
}

type Period = "day" | "week" | "month" | "quarter" | "year";

const DAY = "YYYY-MM-DD";

const PERIODS: Record<string, Period> = {
  day: "day",
  week: "week",
  month: "month",
  quarter: "quarter",
  year: "year",
};

/** The period that a dimension is cut into; undefined for one that is no time. */
export const periodOf = (by: GroupBy | undefined): Period | undefined => PERIODS[by?.bucket ?? ""];

/** The first day of the period after the one that begins on `key`. */
export function nextPeriod(key: string, period: Period): string {
  const start = dayjs(key);
  return (period === "quarter" ? start.add(1, "quarter") : start.add(1, period)).format(DAY);
}

export function filterOf(by: GroupBy, key: unknown): FilterNode {
  if (key === null || key === undefined) return { field: by.field, op: "is_empty" } as FilterNode;
  if (by.bucket === RANGE) {
    const [low, high] = endsOf(key);
    const ends = [
      ...(low === null ? [] : [{ field: by.field, op: "gte", value: low }]),
      ...(high === null ? [] : [{ field: by.field, op: "lt", value: high }]),
    ];
    return ends.length === 1 && ends[0] ? ends[0] : { and: ends };
  }
  const period = periodOf(by);
  if (period && typeof key === "string") {
    return {
      and: [
        { field: by.field, op: "on_or_after", value: dayjs(key).format(DAY) },
        { field: by.field, op: "before", value: nextPeriod(key, period) },
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
