import type { ReactNode } from "react";
import { Link } from "react-router";
import type { FilterNode } from "@/api/types";
import { useFormat } from "@/kit";
import { closed, listOf, open, outcomeOf, type Scope, type Span, velocityOf, weightedOf } from "./forecast";
import styles from "./forecast.module.css";
import { useT } from "./messages";
import { useOpen, useOutcome } from "./queries";

/** Open, weighted, won, how often and how fast. */
export function Figures({ scope, span }: { scope: Scope; span: Span }) {
  const t = useT();
  const format = useFormat();
  const standing = useOpen(scope).data;
  const rows = useOutcome(scope, span).data;
  const count = standing?.reduce((sum, row) => sum + (row.values.count ?? 0), 0) ?? 0;
  const sum = standing?.reduce((total, row) => total + (row.values.sum ?? 0), 0) ?? 0;
  const outcome = outcomeOf(rows ?? []);
  const velocity = velocityOf(count, outcome);
  const days = (value: number | null) => (value === null ? t("none") : t("days", { n: format.number(value, 1) }));
  return (
    <dl className={styles.figures} aria-label={t("figures")} aria-busy={!standing || !rows}>
      <Figure
        label={t("open")}
        to={open(scope)}
        exact={format.money(sum)}
        sub={t("open_sub", { n: format.number(count) })}
      >
        {format.moneyShort(sum)}
      </Figure>
      <Figure label={t("weighted")} exact={format.money(weightedOf(standing ?? []))} sub={t("weighted_sub")}>
        {format.moneyShort(weightedOf(standing ?? []))}
      </Figure>
      <Figure
        label={t("won")}
        to={closed(scope, span, "won")}
        exact={format.money(outcome.amount)}
        sub={t("won_sub", { n: format.number(outcome.won), span: t(`span.${span}`) })}
      >
        {format.moneyShort(outcome.amount)}
      </Figure>
      <Figure
        label={t("rate")}
        to={closed(scope, span)}
        sub={t("rate_sub", { won: format.number(outcome.won), lost: format.number(outcome.lost) })}
      >
        {outcome.rate === null ? t("none") : format.percent(outcome.rate * 100, 2)}
      </Figure>
      <Figure
        label={t("cycle")}
        to={closed(scope, span, "won")}
        sub={outcome.daysLost === null ? "" : t("cycle_sub", { n: format.number(outcome.daysLost, 1) })}
      >
        {days(outcome.daysWon)}
      </Figure>
      <Figure label={t("velocity")} sub={t("velocity_sub")}>
        {velocity === null ? t("none") : format.moneyShort(velocity)}
      </Figure>
    </dl>
  );
}

function Figure({
  label,
  to,
  exact,
  sub,
  children,
}: {
  label: string;
  to?: FilterNode;
  exact?: string;
  sub: string;
  children: ReactNode;
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd title={exact}>{to ? <Link to={listOf(to, "-amount")}>{children}</Link> : children}</dd>
      <dd className="gx-3 gx-s12">{sub}</dd>
    </div>
  );
}
