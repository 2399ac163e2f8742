/** How customers went from stage to stage in a month; as a picture or as a table. */
import { Button, Select } from "antd";
import { useCallback, useState } from "react";
import { Link } from "react-router";
import { useFormat } from "@/kit";
import { Chart, type Inks } from "@/kit/charts/Chart";
import "@/kit/charts/flow";
import styles from "../insight.module.css";
import { useT } from "../messages";
import { type Home, type Move, STAGES, stageColor } from "../model";
import { listOf, where } from "./lists";

const HEIGHT = 380;
const QUIET_FROM = ["active", "new", "won_back"];

export function FlowCard({ home }: { home: Home }) {
  const t = useT();
  const format = useFormat();
  const [table, setTable] = useState(false);
  const [month, setMonth] = useState(home.flow.length - 1);
  const shown = home.flow[Math.min(month, home.flow.length - 1)];
  const moves = shown?.moves ?? [];
  const quiet = moves
    .filter((move) => QUIET_FROM.includes(move.from) && move.to === "dormant")
    .reduce((sum, move) => sum + move.customers, 0);
  return (
    <section className={styles.panel}>
      <div className={styles.head}>
        <h2>{t("flow")}</h2>
        {home.flow.length > 0 && (
          <Select
            size="small"
            variant="borderless"
            value={month}
            onChange={setMonth}
            aria-label={t("flow")}
            options={home.flow.map((each, n) => ({ value: n, label: format.date(each.until) })).reverse()}
          />
        )}
        {moves.length > 0 && (
          <Button type="link" size="small" onClick={() => setTable(!table)}>
            {t(table ? "chart" : "table")}
          </Button>
        )}
      </div>
      {quiet > 0 && (
        <div className={styles.note}>
          <span>{t("quiet", { n: quiet })}</span>
          <Link to={listOf(where("stage", "dormant"))}>{t("open_quiet")}</Link>
        </div>
      )}
      {moves.length === 0 && <p className="gx-3">{t("flow_none")}</p>}
      {moves.length > 0 && (table ? <Moves moves={moves} /> : <Picture moves={moves} />)}
    </section>
  );
}

/** In the picture only those move who were customers, or became one: who may buy one day would fill it. */
const isDrawn = (move: Move) => move.to !== "potential";

function Picture({ moves }: { moves: Move[] }) {
  const t = useT();
  const option = useCallback(
    (inks: Inks) => sankey(moves.filter(isDrawn), inks, (stage) => t(`stage.${stage as "new"}`)),
    [moves, t],
  );
  return (
    <>
      <Chart option={option} height={HEIGHT} />
      <div className="gx-hidden">
        <Moves moves={moves} />
      </div>
    </>
  );
}

function sankey(moves: Move[], inks: Inks, named: (stage: string) => string) {
  const style = getComputedStyle(document.documentElement);
  const color = (stage: string) => style.getPropertyValue(stageColor(stage)).trim();
  const sums = (side: "from" | "to") => (stage: string) =>
    moves.filter((move) => move[side] === stage).reduce((sum, move) => sum + move.customers, 0);
  const nodes = (side: "from" | "to", stages: readonly string[]) =>
    stages
      .map((stage) => ({ stage, count: sums(side)(stage) }))
      .filter(({ count }) => count > 0)
      .map(({ stage, count }) => ({
        name: `${side}:${stage}`,
        depth: side === "from" ? 0 : 1,
        itemStyle: { color: color(stage) },
        label: { formatter: `${named(stage)} ${count}`, position: side === "from" ? "left" : "right" },
      }));
  return {
    animation: false,
    textStyle: { fontFamily: inks.font },
    tooltip: {
      renderMode: "richText",
      formatter: (item: { data: { told?: string }; name: string }) => item.data.told ?? "",
    },
    series: [
      {
        type: "sankey",
        left: 110,
        right: 110,
        top: 4,
        bottom: 4,
        nodeWidth: 10,
        nodeGap: 12,
        draggable: false,
        layoutIterations: 0,
        label: { color: inks.text, fontSize: 12 },
        lineStyle: { color: "source", opacity: 0.28, curveness: 0.5 },
        emphasis: { focus: "adjacency" },
        data: [...nodes("from", ["arrived", ...STAGES]), ...nodes("to", STAGES)],
        links: moves.map((move) => ({
          source: `from:${move.from}`,
          target: `to:${move.to}`,
          value: move.customers,
          told: `${named(move.from)} → ${named(move.to)}: ${move.customers}`,
        })),
      },
    ],
  };
}

function Moves({ moves }: { moves: Move[] }) {
  const t = useT();
  const format = useFormat();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{t("from")}</th>
            <th>{t("to")}</th>
            <th>{t("customers")}</th>
          </tr>
        </thead>
        <tbody>
          {moves.map((move) => (
            <tr key={`${move.from}-${move.to}`}>
              <td>{t(`stage.${move.from as "new"}`)}</td>
              <td>{t(`stage.${move.to as "new"}`)}</td>
              <td>{format.number(move.customers)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
