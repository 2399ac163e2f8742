import { useCallback } from "react";
import { Chart, type Inks } from "@/kit/charts/Chart";
import { chartHeight, chartOption, type Drawn } from "./chart-option";

interface Props {
  drawn: Drawn;
  onPick: (series: number, at: number) => void;
  /** Its own, unless there is so much room. */
  height?: number | string;
}

/** The chart of a report, with the library that draws it: loaded when a report is opened. */
export function Picture({ drawn, onPick, height }: Props) {
  const option = useCallback((inks: Inks) => chartOption(drawn, inks), [drawn]);
  return <Chart option={option} height={height ?? chartHeight(drawn)} onPick={onPick} />;
}
