/** Timeline entries under the headings people think in: today, this week, earlier this month, then month by month. */
export type Period = { key: "today" | "week" | "month" } | { key: "other"; year: number; month: number };

export function periodOf(at: string, days: number | null, now: Date): Period {
  const date = new Date(at);
  if (days === null || Number.isNaN(date.getTime())) return { key: "other", year: 0, month: 1 };
  if (days >= 0) return { key: "today" };
  const weekday = (now.getDay() + 6) % 7;
  if (-days <= weekday) return { key: "week" };
  if (date.getFullYear() === now.getFullYear() && date.getMonth() === now.getMonth()) return { key: "month" };
  return { key: "other", year: date.getFullYear(), month: date.getMonth() + 1 };
}

export const periodKey = (period: Period): string =>
  period.key === "other" ? `${period.year}-${period.month}` : period.key;
