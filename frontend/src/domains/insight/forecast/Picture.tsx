/** The past months as bars, the months to come as a dashed line with its range. */
import { useCallback } from "react";
import { useNavigate } from "react-router";
import { useLocale } from "@/i18n";
import { type Format, useFormat } from "@/kit";
import { Chart, type Inks } from "@/kit/charts/Chart";
import { behind, monthOf } from "./lists";
import { useT } from "./messages";
import type { Measured } from "./model";

const HEIGHT = 300;

export function Picture({ measured, currency }: { measured: Measured; currency: string }) {
  const t = useT();
  const format = useFormat();
  const locale = useLocale();
  const go = useNavigate();
  const option = useCallback(
    (inks: Inks) =>
      drawn(measured, inks, { past: t("history"), ahead: t("value"), range: t("range") }, format, locale, currency),
    [measured, t, format, locale, currency],
  );
  const pick = (_: number, at: number) => {
    const month = measured.history[at];
    if (month) go(behind(measured.object, month.filter));
  };
  return <Chart option={option} height={HEIGHT} onPick={pick} />;
}

function drawn(
  { history, ahead }: Measured,
  inks: Inks,
  names: { past: string; ahead: string; range: string },
  format: Format,
  locale: string,
  currency: string,
) {
  const months = [...history, ...ahead].map((each) => monthOf(each.month, locale));
  const blank = history.map(() => null);
  const money = (value: number) => format.moneyShort(value, currency);
  const band = { type: "line", stack: "range", symbol: "none", silent: true, lineStyle: { opacity: 0 } };
  const low = ahead.map((each) => Math.max(0, each.low));
  return {
    animation: false,
    textStyle: { fontFamily: inks.font },
    grid: { left: 64, right: 16, top: 16, bottom: 28 },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      formatter: (items: { dataIndex: number }[]) => {
        const at = items[0]?.dataIndex ?? 0;
        const past = history[at];
        if (past) return `${months[at]}\n${names.past}: ${money(past.value)}`;
        const next = ahead[at - history.length];
        if (!next) return "";
        return `${months[at]}\n${names.ahead}: ${money(next.value)}\n${names.range}: ${money(next.low)} – ${money(next.high)}`;
      },
    },
    xAxis: {
      type: "category",
      data: months,
      axisLabel: { color: inks.faint },
      axisLine: { lineStyle: { color: inks.grid } },
    },
    yAxis: {
      type: "value",
      axisLabel: { color: inks.faint, formatter: money },
      splitLine: { lineStyle: { color: inks.grid } },
    },
    series: [
      {
        type: "bar",
        data: history.map((each) => each.value),
        itemStyle: { color: inks.series[0], borderRadius: [3, 3, 0, 0] },
        barMaxWidth: 24,
      },
      { ...band, data: [...blank, ...low] },
      {
        ...band,
        data: [...blank, ...ahead.map((each, n) => Math.max(0, each.high - (low[n] ?? 0)))],
        areaStyle: { color: inks.area },
      },
      {
        type: "line",
        data: [...blank, ...ahead.map((each) => each.value)],
        lineStyle: { color: inks.series[0], type: "dashed", width: 2 },
        itemStyle: { color: inks.series[0] },
        symbolSize: 6,
      },
    ],
  };
}
