import { Segmented } from "antd";
import { useMemo, useState } from "react";
import { useMe } from "@/api";
import { MoreLink } from "@/domains/workbench/cards/MoreLink";
import type { Scope } from "@/domains/workbench/filters";
import { useLabel } from "@/i18n";
import { Card } from "@/kit";
import { MyPace } from "./MyPace";
import { useT } from "./messages";
import type { Row, StandingPlan } from "./model";
import { useStanding } from "./queries";
import styles from "./targets.module.css";
import { useFigures } from "./useFigures";

/** The workbench's ring: my target, my team's, the firm's, as the page's scope says. Nothing where none is set. */
export function PaceCard({ scope }: { scope: Scope }) {
  const t = useT();
  const me = useMe();
  const label = useLabel();
  const { period, short } = useFigures();
  const [chosen, setChosen] = useState<string | null>(null);
  const { data } = useStanding("month", null, scope === "mine");
  const shown = useMemo(
    () =>
      (data?.plans ?? []).flatMap((plan): { plan: StandingPlan; row: Row }[] => {
        const row = plan.rows.find((each) => isOf(scope, plan, each, me.team?.id));
        return row && row.target !== null ? [{ plan, row }] : [];
      }),
    [data, scope, me.team?.id],
  );
  const current = shown.find(({ plan }) => plan.id === chosen) ?? shown[0];
  if (!current) return null;
  const { plan, row } = current;
  return (
    <Card
      title={t("workbench", { period: period(plan.period) })}
      count={short(plan, row.target)}
      more={<MoreLink to={`/performance?plan=${plan.id}`} word={t("details")} of={t("page")} />}
    >
      {shown.length > 1 && (
        <div className={styles.paceChoice}>
          <Segmented
            size="small"
            aria-label={t("plan")}
            value={plan.id}
            onChange={setChosen}
            options={shown.slice(0, 4).map((each) => ({ value: each.plan.id, label: label(each.plan.name) }))}
          />
        </div>
      )}
      <MyPace plan={plan} row={row} />
    </Card>
  );
}

function isOf(scope: Scope, plan: StandingPlan, row: Row, team: string | undefined): boolean {
  if (scope === "mine") return row.kind === "user" && row.id === plan.me;
  return scope === "team" ? row.kind === "team" && row.id === team : row.kind === "firm";
}
