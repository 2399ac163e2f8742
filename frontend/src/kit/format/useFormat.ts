import { createContext, useContext, useMemo } from "react";
import { useLocale } from "@/i18n/useLabel";
import * as number from "./number";
import * as time from "./time";

/** The workspace's zone and currency; before sign-in the browser's zone. */
export interface Region {
  timeZone: string;
  currency: string;
}

export const RegionContext = createContext<Region>({
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || "Asia/Shanghai",
  currency: "CNY",
});

type Numeric = number | string | null | undefined;
type When = string | number | Date | null | undefined;

/** Formatters bound to the language on screen and the workspace's zone and currency. */
export function useFormat() {
  const locale = useLocale();
  const { timeZone, currency } = useContext(RegionContext);
  return useMemo(
    () => ({
      locale,
      timeZone,
      currency,
      number: (value: Numeric, decimals?: number) => number.formatNumber(value, locale, decimals),
      compact: (value: Numeric) => number.formatCompact(value, locale),
      /** All digits: ¥1,864,000 */
      money: (value: Numeric, of?: string | null, decimals?: number) =>
        number.formatMoney(value, of ?? currency, locale, { decimals }),
      /** ¥186.4万, ¥1.9M */
      moneyShort: (value: Numeric, of?: string | null) =>
        number.formatMoney(value, of ?? currency, locale, { compact: true }),
      percent: (value: Numeric, decimals?: number) => number.formatPercent(value, locale, decimals),
      count: (count: { value: number; exact: boolean } | null | undefined) => number.formatCount(count, locale),
      bytes: (size: number) => number.formatBytes(size, locale),
      phone: number.formatPhone,
      /** 甲、乙 or one, two: names side by side in a sentence. */
      list: (names: readonly string[]) => names.join(locale === "zh-CN" ? "、" : ", "),
      date: (value: When) => time.formatDate(value, locale, timeZone),
      time: (value: When) => time.formatTime(value, locale, timeZone),
      dateTime: (value: When) => time.formatDateTime(value, locale, timeZone),
      shortDay: (value: When) => time.formatShortDay(value, locale, timeZone),
      day: (value: When) => time.formatDay(value, locale, timeZone),
      relative: (value: When) => time.formatRelative(value, locale, timeZone),
      daysFromToday: (value: When) => time.daysFromToday(value, timeZone),
      today: () => time.todayIn(timeZone),
      todayLong: () => time.formatToday(locale, timeZone),
    }),
    [locale, timeZone, currency],
  );
}

export type Format = ReturnType<typeof useFormat>;
