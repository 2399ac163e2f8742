import { useCallback } from "react";
import { Chart, type Inks } from "@/kit/charts/Chart";
import { chartHeight, chartOption, type Drawn } from "./chart-option";

/** The chart of a report, with the library that draws it: loaded when a report is opened. */
export function Picture({ drawn, onPick }: { drawn: Drawn; onPick: (series: number, at: number) => void }) {
  const option = useCallback((inks: Inks) => chartOption(drawn, inks), [drawn]);
  return <Chart option={option} height={chartHeight(drawn)} onPick={onPick} />;
}
