/** The days one agrees on most: ten in the morning, on the firm's clock. */
import dayjs from "dayjs";
import { fromPicker } from "@/engine/fields/datetime/zoned";

export const WHENS = ["none", "tomorrow", "three", "week", "pick"] as const;
export type When = (typeof WHENS)[number];

const HOUR = 10;

/** The moment that a choice stands for, seen from `today` (YYYY-MM-DD in the firm's zone); null for those without one. */
export function momentOf(when: When, today: string, zone: string): string | null {
  if (when === "none" || when === "pick") return null;
  const day = dayjs(today);
  const monday = ((8 - day.day()) % 7 || 7) as number;
  const days = { tomorrow: 1, three: 3, week: monday }[when];
  return fromPicker(day.add(days, "day").hour(HOUR).minute(0).second(0), zone);
}
