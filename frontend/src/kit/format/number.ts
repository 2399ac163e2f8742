/** Numbers as people in each language read them: 万 and 亿 in Chinese, K, M and B in English. Pure functions. */
import type { Locale } from "@/i18n/locale";

type Numeric = number | string | null | undefined;

const SYMBOLS: Record<string, string> = {
  CNY: "¥",
  USD: "$",
  EUR: "€",
  GBP: "£",
  JPY: "JP¥",
  HKD: "HK$",
  TWD: "NT$",
  SGD: "S$",
  KRW: "₩",
};
const DASH = "—";
const MINUS = "−";

export function toNumber(value: Numeric): number | null {
  if (value === null || value === undefined || value === "") return null;
  const number = typeof value === "number" ? value : Number(value);
  return Number.isFinite(number) ? number : null;
}

export function formatNumber(value: Numeric, locale: Locale, decimals?: number): string {
  const number = toNumber(value);
  if (number === null) return DASH;
  const digits =
    decimals === undefined
      ? { maximumFractionDigits: 6 }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return sign(number) + new Intl.NumberFormat(locale, digits).format(Math.abs(number));
}

/** 64.2万, 1.07亿; 642K, 1.1M. Below the first unit the number stands as it is. */
export function formatCompact(value: Numeric, locale: Locale): string {
  const number = toNumber(value);
  if (number === null) return DASH;
  const size = Math.abs(number);
  const units: [number, string][] =
    locale === "zh-CN"
      ? [
          [1e12, "万亿"],
          [1e8, "亿"],
          [1e4, "万"],
        ]
      : [
          [1e9, "B"],
          [1e6, "M"],
          [1e3, "K"],
        ];
  for (const [index, [scale, unit]] of units.entries()) {
    if (size < scale) continue;
    const scaled = round(size / scale);
    const above = units[index - 1];
    // 9,999.96万 would read 10,000万; it is 1亿.
    if (above && scaled * scale >= above[0]) return `${sign(number)}1${above[1]}`;
    return sign(number) + new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(scaled) + unit;
  }
  return sign(number) + new Intl.NumberFormat(locale, { maximumFractionDigits: size < 100 ? 2 : 0 }).format(size);
}

/** Three figures are enough for the eye: 1.07亿, 64.2万, 412万. */
function round(scaled: number): number {
  if (scaled >= 100) return Math.round(scaled * 10) / 10;
  if (scaled >= 10) return Math.round(scaled * 10) / 10;
  return Math.round(scaled * 100) / 100;
}

export function currencySymbol(currency: string | null | undefined): string {
  if (!currency) return "¥";
  return SYMBOLS[currency] ?? `${currency} `;
}

export interface MoneyOptions {
  /** 万/亿 or K/M instead of all digits. */
  compact?: boolean;
  decimals?: number;
}

export function formatMoney(
  value: Numeric,
  currency: string | null | undefined,
  locale: Locale,
  options: MoneyOptions = {},
): string {
  const number = toNumber(value);
  if (number === null) return DASH;
  const size = Math.abs(number);
  const decimals = options.decimals ?? (Number.isInteger(number) ? 0 : 2);
  const digits = options.compact ? formatCompact(size, locale) : formatNumber(size, locale, decimals);
  return sign(number) + currencySymbol(currency) + digits;
}

/** 12.5 → 12.5%: percents are stored as people write them. */
export function formatPercent(value: Numeric, locale: Locale, decimals?: number): string {
  const number = toNumber(value);
  return number === null ? DASH : `${formatNumber(number, locale, decimals)}%`;
}

/** Counts stop at 10,000 on the server; what is not exact carries a plus. */
export function formatCount(count: { value: number; exact: boolean } | null | undefined, locale: Locale): string {
  if (!count) return "";
  return formatNumber(count.value, locale, 0) + (count.exact ? "" : "+");
}

export function formatBytes(bytes: number, locale: Locale): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${formatNumber(Math.round(bytes / 100) / 10, locale)} KB`;
  return `${formatNumber(Math.round(bytes / 1e5) / 10, locale)} MB`;
}

/**
 * A stored number as people read it: 138 0013 8000, 0769-8532 1180 转 802, 400 830 1234, +44 207 946 0958.
 * A number of another country keeps its prefix.
 */
export function formatPhone(value: string | null | undefined, extensionWord = "转"): string {
  if (!value) return DASH;
  const [whole = "", extension] = value.split(";ext=");
  const shown = formatChinese(whole) ?? formatForeign(whole) ?? whole;
  return extension ? `${shown} ${extensionWord} ${extension}` : shown;
}

function formatChinese(value: string): string | null {
  const mobile = /^(?:\+86)?(1\d{2})(\d{4})(\d{4})$/.exec(value);
  if (mobile) return `${mobile[1]} ${mobile[2]} ${mobile[3]}`;
  const service = /^\+86([48]00)(\d{3})(\d{4})$/.exec(value);
  if (service) return `${service[1]} ${service[2]} ${service[3]}`;
  const city = /^\+86(10|2\d|[3-9]\d{2})(\d{3,4})(\d{4})$/.exec(value);
  return city ? `0${city[1]}-${city[2]} ${city[3]}` : null;
}

function formatForeign(value: string): string | null {
  const code = "1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[124]|9[0-58]|\\d{3}";
  const found = new RegExp(`^\\+(${code})(\\d{4,})$`).exec(value);
  if (!found) return null;
  const [, prefix = "", digits = ""] = found;
  // Eight digits are read as two fours (Hong Kong, Singapore), others in threes before the last four.
  if (digits.length === 8) return `+${prefix} ${digits.slice(0, 4)} ${digits.slice(4)}`;
  const head = digits.slice(0, -4).match(/\d{1,3}(?=(?:\d{3})*$)/g) ?? [];
  return `+${[prefix, ...head, digits.slice(-4)].join(" ")}`;
}

function sign(number: number): string {
  return number < 0 ? MINUS : "";
}
