import { useMemo } from "react";
import { Link } from "react-router";
import { useObject } from "@/api";
import { useLabel } from "@/i18n";
import { Card, Empty, Logo, Money, useDot, useFormat } from "@/kit";
import { type Scope, stagesOf, stalledDeals } from "../filters";
import { linkTitle } from "../link-title";
import { listPath, recordPath } from "../list-path";
import { workbenchMessages } from "../locales";
import { useTop } from "../queries";
import styles from "../workbench.module.css";
import { CardSkeleton } from "./CardSkeleton";
import { MoreLink } from "./MoreLink";

/** Deals past their stage's time, the longest first. */
export function StalledCard({ scope }: { scope: Scope }) {
  const t = workbenchMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const dot = useDot();
  const opportunity = useObject("opportunity");
  const filter = useMemo(() => stalledDeals(opportunity, scope), [opportunity, scope]);
  const { data } = useTop("opportunity", { filter, sort: "stage_entered_at", limit: 50 });
  const stages = new Map(stagesOf(opportunity).map((stage) => [stage.value, stage]));
  const deals = data?.data ?? [];
  return (
    <Card
      title={t("stalled.title")}
      count={data?.page.count?.value ? t("stalled.sub", { n: format.count(data.page.count) }) : undefined}
      more={
        filter && deals.length > 0 ? (
          <MoreLink
            to={listPath("opportunity", filter, "stage_entered_at")}
            word={t("stalled.all")}
            of={t("stalled.title")}
          />
        ) : null
      }
    >
      <ul className={styles.deals}>
        {deals.slice(0, 3).map((deal) => {
          const stage = stages.get(String(deal.stage));
          const days = -(format.daysFromToday(String(deal.stage_entered_at)) ?? 0);
          const customer = linkTitle(deal.customer);
          return (
            <li key={deal.id}>
              <Logo name={customer || deal.title} />
              <Link to={recordPath(deal)} className={styles.dealText}>
                <span className="gx-cut">{deal.title}</span>
                <span className="gx-cut gx-3 gx-s12">{[customer, label(stage?.label)].filter(Boolean).join(dot)}</span>
              </Link>
              <span className={styles.dealNumbers}>
                <b>
                  <Money value={deal.amount as number | null} currency={deal.currency as string | null} />
                </b>
                <span className="gx-s12 gx-warn">
                  {t("stalled.days", { days, expected: stage?.expected_days ?? 0 })}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
      {!data && filter && <CardSkeleton />}
      {(data || !filter) && deals.length === 0 && <Empty small title={t("stalled.empty")} />}
    </Card>
  );
}
