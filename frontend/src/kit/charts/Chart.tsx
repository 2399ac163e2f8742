/**
 * A picture of numbers: ECharts in the product's colours, redrawn when the theme or the space changes.
 *
 * Rules: drawn as SVG and with tooltips of plain text, so that a name in the data is never markup. Whoever cannot see
 * it finds the same numbers in a table beside it, so the picture itself is hidden from assistive technology.
 */
import { BarChart, FunnelChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, type EChartsType, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

use([
  BarChart,
  LineChart,
  PieChart,
  FunnelChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
]);

/** The colours of the theme that is on, by what they are for. */
export interface Inks {
  series: string[];
  other: string;
  text: string;
  faint: string;
  grid: string;
  surface: string;
  area: string;
  font: string;
}

export type ChartOption = EChartsCoreOption;

interface Props {
  option: (inks: Inks) => ChartOption;
  height: number | string;
  /** What was clicked: the series and the place in it. */
  onPick?: (series: number, at: number) => void;
}

export function Chart({ option, height, onPick }: Props) {
  const at = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  const pick = useRef(onPick);
  const make = useRef(option);
  pick.current = onPick;
  make.current = option;

  useEffect(() => {
    const element = at.current;
    if (!element) return;
    const made = init(element, null, { renderer: "svg" });
    chart.current = made;
    made.on("click", (event) => pick.current?.(event.seriesIndex ?? 0, event.dataIndex));
    const sized = new ResizeObserver(() => made.resize());
    sized.observe(element);
    const themed = new MutationObserver(() => made.setOption(make.current(inksOf(element)), true));
    themed.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => {
      sized.disconnect();
      themed.disconnect();
      made.dispose();
    };
  }, []);

  useEffect(() => {
    if (at.current) chart.current?.setOption(option(inksOf(at.current)), true);
  }, [option]);

  return <div ref={at} aria-hidden="true" style={{ height, width: "100%" }} />;
}

function inksOf(element: Element): Inks {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    series: [1, 2, 3, 4, 5, 6].map((n) => read(`--gx-chart-${n}`)),
    other: read("--gx-chart-other"),
    text: read("--gx-ink-2"),
    faint: read("--gx-ink-3"),
    grid: read("--gx-chart-grid"),
    surface: read("--gx-raised"),
    area: read("--gx-chart-area"),
    font: style.fontFamily,
  };
}
