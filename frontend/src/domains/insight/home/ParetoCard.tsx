/** Which share of the customers brings which share of the profit, and what the tiers bring. */
import { useCallback } from "react";
import { Link } from "react-router";
import { useFormat } from "@/kit";
import { Chart, type Inks } from "@/kit/charts/Chart";
import styles from "../insight.module.css";
import { useT } from "../messages";
import type { Home } from "../model";
import { listOf, where } from "./lists";

const HEIGHT = 250;

/** The share of the profit that the best `percent` of the customers bring. */
export function profitOf(points: [number, number][], percent: number): number {
  const after = points.findIndex(([x]) => x >= percent);
  const [b, a] = [points[after], points[after - 1]];
  if (!b) return 100;
  if (!a || b[0] === a[0]) return b[1];
  return a[1] + ((b[1] - a[1]) * (percent - a[0])) / (b[0] - a[0]);
}

export function ParetoCard({ home }: { home: Home }) {
  const t = useT();
  const format = useFormat();
  const points = home.pareto;
  const total = home.tiers.reduce((sum, tier) => sum + tier.profit, 0);
  const option = useCallback((inks: Inks) => curve(points, inks), [points]);
  return (
    <section className={styles.panel}>
      <div className={styles.head}>
        <h2>{t("pareto")}</h2>
        <span className="gx-3 gx-s12">{t("pareto_sub")}</span>
      </div>
      {points.length === 0 && <p className="gx-3">{t("pareto_none")}</p>}
      {points.length > 0 && (
        <>
          <p>
            <b>{t("pareto_told", { x: 20, y: Math.round(profitOf(points, 20)) })}</b>
          </p>
          <Chart option={option} height={HEIGHT} />
        </>
      )}
      {home.tiers.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{t("tier_head")}</th>
              <th>{t("customers")}</th>
              <th>{t("profit")}</th>
              <th>{t("share")}</th>
            </tr>
          </thead>
          <tbody>
            {home.tiers.map((tier) => (
              <tr key={tier.tier}>
                <td>
                  <Link className="gx-link" to={listOf(where("tier", tier.tier))}>
                    {t(`tier.${tier.tier as "high"}`)}
                  </Link>
                </td>
                <td>{format.number(tier.customers)}</td>
                <td>{format.moneyShort(tier.profit, home.currency)}</td>
                <td>{total > 0 ? `${format.number((tier.profit / total) * 100, 0)}%` : "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function curve(points: [number, number][], inks: Inks) {
  const axis = {
    type: "value",
    axisLabel: { formatter: "{value}%", color: inks.faint },
    splitLine: { lineStyle: { color: inks.grid } },
  };
  return {
    animation: false,
    textStyle: { fontFamily: inks.font },
    grid: { left: 44, right: 16, top: 12, bottom: 26 },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      formatter: (items: { data: [number, number] }[]) => {
        const at = items[0]?.data;
        return at ? `${Math.round(at[0])}% → ${Math.round(at[1])}%` : "";
      },
    },
    xAxis: { ...axis, min: 0, max: 100, splitLine: { show: false } },
    yAxis: { ...axis, min: 0 },
    series: [
      {
        type: "line",
        data: points,
        showSymbol: false,
        smooth: 0.2,
        lineStyle: { color: inks.series[0], width: 2 },
        areaStyle: { color: inks.area },
      },
      {
        type: "line",
        data: [
          [0, 0],
          [100, 100],
        ],
        showSymbol: false,
        silent: true,
        tooltip: { show: false },
        lineStyle: { color: inks.faint, width: 1, type: "dashed" },
      },
    ],
  };
}
