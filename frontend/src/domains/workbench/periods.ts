/**
 * From daily sums to "this week against the same days of last week". One question per figure (grouped by day over the
 * last ten weeks) answers today, week and month at once, so switching between them asks nothing.
 */
import type { GroupRow } from "@/api";
import type { Period } from "./filters";

export const DAYS_ASKED = 70;
const DAY = 86_400_000;

export interface Sums {
  now: number;
  before: number;
}

const toDay = (iso: string) => Math.floor(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / DAY);
const toIso = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);

/** The first and last day of the running period, and of the same stretch one period earlier. Weeks start on Monday. */
export function stretches(period: Period, today: string): { now: [string, string]; before: [string, string] } {
  const day = toDay(today);
  if (period === "today") return { now: [today, today], before: [toIso(day - 1), toIso(day - 1)] };
  if (period === "week") {
    const monday = day - ((day + 3) % 7); // 1970-01-01 was a Thursday
    return { now: [toIso(monday), today], before: [toIso(monday - 7), toIso(day - 7)] };
  }
  const first = `${today.slice(0, 8)}01`;
  const lastOfPrevious = toDay(first) - 1;
  const firstOfPrevious = `${toIso(lastOfPrevious).slice(0, 8)}01`;
  // 31 March compares with the whole of February.
  const same = Math.min(toDay(firstOfPrevious) + (day - toDay(first)), lastOfPrevious);
  return { now: [first, today], before: [firstOfPrevious, toIso(same)] };
}

export function sumsOf(rows: readonly GroupRow[], key: string, value: string, period: Period, today: string): Sums {
  const { now, before } = stretches(period, today);
  const sums: Sums = { now: 0, before: 0 };
  for (const row of rows) {
    const day = String(row.keys[key] ?? "").slice(0, 10);
    const amount = Number(row.values[value] ?? 0);
    if (day >= now[0] && day <= now[1]) sums.now += amount;
    if (day >= before[0] && day <= before[1]) sums.before += amount;
  }
  return sums;
}
