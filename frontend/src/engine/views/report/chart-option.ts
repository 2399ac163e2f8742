/** A report as a picture: the first figure, its rows along the axis, its columns as series. */
import type { ReportMeasure } from "@/api/types";
import type { ChartOption, Inks } from "@/kit/charts/Chart";

export interface Drawn {
  chart: "bar" | "line" | "pie" | "funnel";
  /** Along an axis of time: upright bars, in order. */
  timed: boolean;
  rows: string[];
  /** What the series are called; a single one needs no name. */
  columns: string[];
  /** By column and row. */
  values: (number | null)[][];
  /** The series are parts of one whole. */
  stacked: boolean;
  /** The series that the others stand beside: paler. */
  muted: number | null;
  /** A line at the number to reach. */
  target: number | null;
  measure: ReportMeasure;
  narrow: boolean;
  write: (value: number) => string;
  writeShort: (value: number) => string;
}

const MOST_SERIES = 6;
const LONG_NAME = 14;

export const drawnAsPart = (measure: ReportMeasure): boolean => measure.op === "count" || measure.op === "sum";

export const chartHeight = (drawn: Drawn): number =>
  drawn.chart === "bar" && !drawn.timed ? Math.min(720, Math.max(200, drawn.rows.length * 30 + 70)) : 300;

export function chartOption(drawn: Drawn, inks: Inks): ChartOption {
  const colors = drawn.columns.map((_, at) =>
    at < MOST_SERIES && at !== drawn.muted ? (inks.series[at] ?? inks.other) : inks.other,
  );
  const named = drawn.columns.length > 1;
  const base = {
    textStyle: { fontFamily: inks.font, color: inks.text },
    animationDuration: 250,
    color: colors,
    tooltip: {
      trigger: drawn.chart === "pie" || drawn.chart === "funnel" ? "item" : "axis",
      renderMode: "richText",
      axisPointer: { type: drawn.chart === "line" ? "line" : "shadow" },
      valueFormatter: (value: unknown) => (typeof value === "number" ? drawn.write(value) : "–"),
      backgroundColor: inks.surface,
      borderColor: inks.grid,
      textStyle: { color: inks.text, fontSize: 12 },
    },
    legend: named
      ? { type: "scroll", bottom: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10, textStyle: { color: inks.text } }
      : undefined,
  };
  if (drawn.chart === "pie" || drawn.chart === "funnel") return { ...base, series: [shareOf(drawn, inks)] };
  const names = {
    type: "category",
    data: drawn.rows,
    axisLine: { lineStyle: { color: inks.grid } },
    axisTick: { show: false },
    axisLabel: { color: inks.faint, formatter: shortened, hideOverlap: true },
  };
  const figures = {
    type: "value",
    splitLine: { lineStyle: { color: inks.grid } },
    splitNumber: drawn.narrow ? 3 : 5,
    axisLabel: { color: inks.faint, formatter: (value: number) => drawn.writeShort(value), hideOverlap: true },
  };
  const lying = drawn.chart === "bar" && !drawn.timed;
  return {
    ...base,
    grid: { left: 8, right: 24, top: 16, bottom: named ? 36 : 8, containLabel: true },
    xAxis: lying ? figures : names,
    yAxis: lying ? { ...names, inverse: true } : figures,
    series: drawn.values.map((values, at) => ({
      type: drawn.chart,
      name: drawn.columns[at],
      data: values,
      stack: drawn.chart === "bar" && drawn.stacked && named && drawnAsPart(drawn.measure) ? "all" : undefined,
      barMaxWidth: 22,
      cursor: "pointer",
      symbolSize: 7,
      lineStyle: { width: 2 },
      areaStyle: drawn.chart === "line" && !named ? { color: inks.area } : undefined,
      markLine: drawn.target === null ? undefined : reachLine(drawn, inks, lying),
    })),
  };
}

const reachLine = (drawn: Drawn, inks: Inks, lying: boolean) => ({
  silent: true,
  symbol: "none",
  lineStyle: { color: inks.text, type: "dashed" },
  label: { color: inks.text, position: "insideEndTop", formatter: () => drawn.writeShort(drawn.target ?? 0) },
  data: [lying ? { xAxis: drawn.target } : { yAxis: drawn.target }],
});

function shareOf(drawn: Drawn, inks: Inks): Record<string, unknown> {
  const values = drawn.values[0] ?? [];
  return {
    type: drawn.chart,
    data: drawn.rows.map((name, at) => ({
      name,
      value: values[at] ?? 0,
      itemStyle: { color: at < MOST_SERIES ? inks.series[at] : inks.other },
    })),
    ...(drawn.chart === "pie"
      ? { radius: ["42%", "72%"], avoidLabelOverlap: true }
      : { sort: "none", top: 8, bottom: 8, left: "12%", width: drawn.narrow ? "60%" : "56%", gap: 2, minSize: "4%" }),
    label: {
      color: inks.text,
      position: "outside",
      formatter: (item: { name: string; value: number }) => `${shortened(item.name)}  ${drawn.writeShort(item.value)}`,
    },
    labelLine: { lineStyle: { color: inks.grid } },
    itemStyle: { borderColor: inks.surface, borderWidth: 1 },
    cursor: "pointer",
  };
}

const shortened = (name: string): string => (name.length > LONG_NAME ? `${name.slice(0, LONG_NAME - 1)}…` : name);
