import { useFormat } from "@/kit";
import type { Period, Plan, Unit } from "./model";

/** How figures and periods of targets are written. */
export function useFigures() {
  const format = useFormat();
  const zh = format.locale === "zh-CN";
  const name = (unit: Unit, start: string): string => {
    const [year = "", month = "1"] = start.split("-");
    const quarter = Math.ceil(Number(month) / 3);
    if (unit === "year") return zh ? `${year} 年` : year;
    if (unit === "quarter") return zh ? `${year} 年 ${quarter} 季度` : `Q${quarter} ${year}`;
    return new Intl.DateTimeFormat(format.locale, {
      year: "numeric",
      month: zh ? "long" : "short",
      timeZone: "UTC",
    }).format(new Date(`${start}T00:00:00Z`));
  };
  return {
    format,
    short: (plan: Pick<Plan, "money">, value: number | null | undefined) =>
      value === null || value === undefined ? "—" : plan.money ? format.moneyShort(value) : format.number(value),
    full: (plan: Pick<Plan, "money">, value: number | null | undefined) =>
      value === null || value === undefined ? "—" : plan.money ? format.money(value) : format.number(value),
    period: (period: Pick<Period, "unit" | "start">) => name(period.unit, period.start),
    /** 1月 … 12月, Q1 … Q4: the heads of a grid of one year. */
    head: (unit: Unit, start: string): string => {
      const month = Number(start.split("-")[1]);
      if (unit === "year") return start.slice(0, 4);
      if (unit === "quarter") return zh ? `${Math.ceil(month / 3)} 季度` : `Q${Math.ceil(month / 3)}`;
      return zh
        ? `${month} 月`
        : new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" }).format(new Date(`${start}T00:00:00Z`));
    },
  };
}

/** How much is a sign for how somebody stands: above what is expected, a little below, far below. */
export function toneOf(percent: number | null, expected: number | null): "ok" | "warn" | "bad" | "mute" {
  if (percent === null) return "mute";
  if (percent >= 100 || expected === null || percent >= expected) return "ok";
  return percent >= expected * 0.8 ? "warn" : "bad";
}
