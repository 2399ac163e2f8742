/** Dates and times in the workspace's zone, near ones in words. Pure functions; `useFormat` binds language and zone. */
import type { Locale } from "@/i18n/locale";
import { kitMessages } from "../locales";

type When = string | number | Date | null | undefined;

const DASH = "—";
const DAY = 86_400_000;
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

const cache = new Map<string, Intl.DateTimeFormat>();
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let found = cache.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, options);
    cache.set(key, found);
  }
  return found;
}

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

function toDate(value: When): Date | null {
  if (value === null || value === undefined || value === "") return null;
  const date = value instanceof Date ? value : new Date(value);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** The wall clock in a zone. A plain date has no zone: it is the same day everywhere. */
function partsOf(value: When, zone: string): Parts | null {
  if (typeof value === "string" && DATE_ONLY.test(value)) {
    const [year = 0, month = 1, day = 1] = value.split("-").map(Number);
    return { year, month, day, hour: 0, minute: 0 };
  }
  const date = toDate(value);
  if (!date) return null;
  const shape = {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  } as const;
  const found: Record<string, number> = {};
  for (const part of formatter("en-US", shape).formatToParts(date)) found[part.type] = Number(part.value);
  return {
    year: found.year ?? 0,
    month: found.month ?? 1,
    day: found.day ?? 1,
    hour: found.hour ?? 0,
    minute: found.minute ?? 0,
  };
}

const pad = (n: number) => String(n).padStart(2, "0");
const dayNumber = (parts: Parts) => Math.round(Date.UTC(parts.year, parts.month - 1, parts.day) / DAY);

/** Whole days from today to that day in the zone: −1 is yesterday. */
export function daysFromToday(value: When, zone: string, now: Date = new Date()): number | null {
  const parts = partsOf(value, zone);
  const today = partsOf(now, zone);
  return parts && today ? dayNumber(parts) - dayNumber(today) : null;
}

/** Today as YYYY-MM-DD in the zone. */
export function todayIn(zone: string, now: Date = new Date()): string {
  const parts = partsOf(now, zone);
  return parts ? `${parts.year}-${pad(parts.month)}-${pad(parts.day)}` : "";
}

/** 2026-03-05: exact, sortable, the same in both languages. */
export function formatDate(value: When, _locale: Locale, zone: string): string {
  const parts = partsOf(value, zone);
  return parts ? `${parts.year}-${pad(parts.month)}-${pad(parts.day)}` : DASH;
}

export function formatTime(value: When, _locale: Locale, zone: string): string {
  const parts = partsOf(value, zone);
  return parts ? `${pad(parts.hour)}:${pad(parts.minute)}` : DASH;
}

export function formatDateTime(value: When, locale: Locale, zone: string): string {
  return partsOf(value, zone) ? `${formatDate(value, locale, zone)} ${formatTime(value, locale, zone)}` : DASH;
}

/** 11月20日 / Nov 20, with the year where it is another one. */
export function formatShortDay(value: When, locale: Locale, zone: string, now: Date = new Date()): string {
  const parts = partsOf(value, zone);
  if (!parts) return DASH;
  const date = new Date(Date.UTC(parts.year, parts.month - 1, parts.day));
  const sameYear = partsOf(now, zone)?.year === parts.year;
  const month = locale === "zh-CN" ? "long" : "short";
  const options: Intl.DateTimeFormatOptions = { timeZone: "UTC", month, day: "numeric" };
  if (!sameYear) options.year = "numeric";
  return formatter(locale, options).format(date);
}

/** 11月20日 星期五 / Friday, Nov 20 */
export function formatToday(locale: Locale, zone: string, now: Date = new Date()): string {
  const weekday = formatter(locale, { timeZone: zone, weekday: "long" }).format(now);
  const day = formatShortDay(now, locale, zone, now);
  return locale === "zh-CN" ? `${day} ${weekday}` : `${weekday}, ${day}`;
}

/** A day as people say it: 昨天, 今天, 明天, else 11月23日. A time of day is added where the value has one. */
export function formatDay(value: When, locale: Locale, zone: string, now: Date = new Date()): string {
  const days = daysFromToday(value, zone, now);
  if (days === null) return DASH;
  const t = kitMessages.t;
  const word =
    days === 0
      ? t("today")
      : days === -1
        ? t("yesterday")
        : days === 1
          ? t("tomorrow")
          : formatShortDay(value, locale, zone, now);
  const timed = typeof value !== "string" || !DATE_ONLY.test(value);
  return timed && Math.abs(days) <= 1 ? `${word} ${formatTime(value, locale, zone)}` : word;
}

/** How long ago or how soon; beyond thirty days the day itself. */
export function formatRelative(value: When, locale: Locale, zone: string, now: Date = new Date()): string {
  const days = daysFromToday(value, zone, now);
  const date = toDate(value);
  if (days === null || !date) return DASH;
  const t = kitMessages.t;
  const dateOnly = typeof value === "string" && DATE_ONLY.test(value);
  if (dateOnly || Math.abs(days) > 1) {
    if (Math.abs(days) <= 1) return formatDay(value, locale, zone, now);
    if (Math.abs(days) > 30) return formatShortDay(value, locale, zone, now);
    return days < 0 ? t("daysAgo", { n: -days }) : t("inDays", { n: days });
  }
  const minutes = Math.round((date.getTime() - now.getTime()) / 60_000);
  if (Math.abs(minutes) < 1) return t("now");
  if (Math.abs(minutes) < 60) return minutes < 0 ? t("minutesAgo", { n: -minutes }) : t("inMinutes", { n: minutes });
  if (days !== 0) return formatDay(value, locale, zone, now);
  const hours = Math.round(Math.abs(minutes) / 60);
  return minutes < 0 ? t("hoursAgo", { n: hours }) : t("inHours", { n: hours });
}
