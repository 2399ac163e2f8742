import { Link } from "react-router";
import { type Option, useObject } from "@/api";
import { useGroups } from "@/engine/views/table/useRecords";
import { useLabel } from "@/i18n";
import { Card, Empty, useFormat } from "@/kit";
import { all, openDeals, type Scope, stagesOf } from "../filters";
import { listPath } from "../list-path";
import { workbenchMessages } from "../locales";
import { FRESH } from "../queries";
import styles from "../workbench.module.css";
import { CardSkeleton } from "./CardSkeleton";

/** Open deals by stage: one hue that deepens with the stage, each bar a way to its deals. */
export function FunnelCard({ scope }: { scope: Scope }) {
  const t = workbenchMessages.useT();
  const format = useFormat();
  const label = useLabel();
  const stages = stagesOf(useObject("opportunity")).filter((stage) => (stage.kind ?? "open") === "open");
  const { data } = useGroups(
    "opportunity",
    {
      filter: openDeals(scope),
      group: ["stage"],
      measures: [{ op: "count" }, { op: "sum", field: "amount" }],
      limit: 100,
    },
    { staleTime: FRESH },
  );
  const rows = new Map((data ?? []).map((row) => [String(row.keys.stage), row.values]));
  const bars = stages
    .map((stage) => ({
      stage,
      count: rows.get(stage.value)?.count ?? 0,
      amount: rows.get(stage.value)?.sum_amount ?? 0,
    }))
    .filter((bar) => bar.count > 0);
  const most = Math.max(...bars.map((bar) => bar.amount), 1);
  const sum = (of: (bar: (typeof bars)[number]) => number) => bars.reduce((total, bar) => total + of(bar), 0);
  const weighted = sum((bar) => (bar.amount * (bar.stage.probability ?? 0)) / 100);
  return (
    <Card
      title={t("funnel.title")}
      count={
        bars.length > 0
          ? t("funnel.sub", {
              n: format.number(sum((bar) => bar.count)),
              amount: format.moneyShort(sum((bar) => bar.amount)),
            })
          : undefined
      }
      more={weighted > 0 ? t("funnel.weighted", { amount: format.moneyShort(weighted) }) : null}
    >
      {bars.length > 0 && (
        <ul className={styles.funnel}>
          {bars.map((bar) => (
            <li key={bar.stage.value}>
              <Link
                to={listPath(
                  "opportunity",
                  all(openDeals(scope), { field: "stage", op: "is", value: bar.stage.value }),
                  "-amount",
                )}
                aria-label={t("funnel.stage", {
                  stage: label(bar.stage.label),
                  n: bar.count,
                  amount: format.moneyShort(bar.amount),
                })}
              >
                <span className="gx-cut">{label(bar.stage.label)}</span>
                <span className={styles.track}>
                  <i
                    style={{
                      width: `${Math.max((bar.amount / most) * 100, 2)}%`,
                      background: `var(--gx-stage-${depth(bar.stage, stages)})`,
                    }}
                  />
                </span>
                <span className="gx-3 gx-s12 gx-num">{format.number(bar.count)}</span>
                <span className="gx-num">{format.moneyShort(bar.amount)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {!data && <CardSkeleton />}
      {data && bars.length === 0 && <Empty small title={t("funnel.empty")} />}
    </Card>
  );
}

function depth(stage: Option, stages: Option[]): number {
  const at = stages.indexOf(stage);
  return stages.length <= 5 ? Math.min(at + 1, 5) : Math.round((at / (stages.length - 1)) * 4) + 1;
}
