import { Segmented } from "antd";
import { TrendingDown, TrendingUp } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { useSchema } from "@/api";
import { useGroups } from "@/engine/views/table/useRecords";
import { Icon, useFormat } from "@/kit";
import { all, isStatus, lastDays, ownedBy, type Period, type Scope, within, wonDeals } from "./filters";
import { listPath } from "./list-path";
import { workbenchMessages } from "./locales";
import { DAYS_ASKED, type Sums, sumsOf } from "./periods";
import { FRESH } from "./queries";
import styles from "./workbench.module.css";

const PERIODS = ["today", "week", "month"] as const;

/** Sales briefing: five figures for today, week or month; each opens the records it counts. */
export function BriefStrip({ scope }: { scope: Scope }) {
  const t = workbenchMessages.useT();
  const format = useFormat();
  const { byKey } = useSchema();
  const [period, setPeriod] = useState<Period>("week");
  const leads = useDaily("lead", "created_at", scope, byKey.has("lead"));
  const notes = useDaily("note", "created_at", scope, byKey.has("note"));
  const calls = useDaily("call", "created_at", scope, byKey.has("call"));
  const customers = useDaily("customer", "created_at", scope, byKey.has("customer"));
  const deals = useDaily("opportunity", "created_at", scope, byKey.has("opportunity"));
  const won = useDaily("opportunity", "close_date", scope, byKey.has("opportunity"), true);

  const created = (object: string) =>
    listPath(object, all(ownedBy(scope), within("created_at", period)), "-created_at");
  const wonPath = listPath("opportunity", wonDeals(scope, period), "-close_date");
  const ofCalls = calls(period, "count");
  const ofDeals = deals(period, "count");
  return (
    <section className={styles.brief} aria-label={t("brief.title")}>
      <div className={styles.briefHead}>
        <h2>{t("brief.title")}</h2>
        <Segmented
          size="small"
          aria-label={t("brief.period")}
          value={period}
          onChange={setPeriod}
          options={PERIODS.map((value) => ({ value, label: t(`brief.${value}`) }))}
        />
      </div>
      <dl>
        {byKey.has("lead") && (
          <Figure
            name={t("brief.leads")}
            sums={leads(period, "count")}
            period={period}
            to={created("lead")}
            unit={t("brief.unitLead")}
          />
        )}
        {byKey.has("note") && (
          <Figure
            name={t("brief.followUps")}
            sums={notes(period, "count")}
            period={period}
            to={created("note")}
            unit={t("brief.unitTimes")}
            aside={
              ofCalls ? <Link to={created("call")}>{t("brief.calls", { n: format.number(ofCalls.now) })}</Link> : null
            }
          />
        )}
        {byKey.has("customer") && (
          <Figure
            name={t("brief.customers")}
            sums={customers(period, "count")}
            period={period}
            to={created("customer")}
            unit={t("brief.unitCustomer")}
          />
        )}
        {byKey.has("opportunity") && (
          <>
            <Figure
              name={t("brief.deals")}
              sums={ofDeals}
              period={period}
              to={created("opportunity")}
              unit={t("brief.unitDeal")}
              aside={deals(period, "sum_amount")?.now ? format.moneyShort(deals(period, "sum_amount")?.now) : null}
            />
            <Figure
              name={t("brief.won")}
              sums={won(period, "sum_amount")}
              period={period}
              to={wonPath}
              money
              aside={`${format.number(won(period, "count")?.now ?? 0)}${format.locale === "zh-CN" ? ` ${t("brief.unitDeal")}` : ""}`}
            />
          </>
        )}
      </dl>
    </section>
  );
}

type Daily = (period: Period, value: string) => Sums | null;

function useDaily(object: string, field: string, scope: Scope, exists: boolean, wonOnly = false): Daily {
  const format = useFormat();
  const money = object === "opportunity";
  const { data } = useGroups(
    object,
    {
      filter: all(ownedBy(scope), wonOnly ? isStatus("won") : null, lastDays(field, DAYS_ASKED)),
      group: [{ field, bucket: "day" }],
      measures: [{ op: "count" }, ...(money ? [{ op: "sum" as const, field: "amount" }] : [])],
      limit: DAYS_ASKED + 30,
    },
    { enabled: exists, staleTime: FRESH },
  );
  return (period, value) => (data ? sumsOf(data, field, value, period, format.today()) : null);
}

interface FigureProps {
  name: string;
  sums: Sums | null;
  period: Period;
  to: string;
  unit?: string;
  money?: boolean;
  aside?: ReactNode;
}

function Figure({ name, sums, period, to, unit, money = false, aside }: FigureProps) {
  const format = useFormat();
  const text = (value: number) => (money ? format.moneyShort(value) : format.number(value));
  return (
    <div>
      <dt>{name}</dt>
      <dd className={styles.figure}>
        <Link to={to}>
          {sums ? text(sums.now) : <span className={styles.ghost} />}
          {sums && unit && <small>{unit}</small>}
        </Link>
        {sums && aside && <small>{aside}</small>}
      </dd>
      <dd className={styles.change}>{sums && <Change sums={sums} period={period} text={text} />}</dd>
    </div>
  );
}

function Change({ sums, period, text }: { sums: Sums; period: Period; text: (value: number) => string }) {
  const t = workbenchMessages.useT();
  const change = sums.now - sums.before;
  if (change === 0) return <span className="gx-3">{t(`brief.same.${period}`)}</span>;
  const shown = t(`brief.versus.${period}`, { change: (change > 0 ? "+" : "") + text(change) });
  return (
    <span className={change > 0 ? "gx-ok" : "gx-bad"}>
      <Icon as={change > 0 ? TrendingUp : TrendingDown} size={12} /> {shown}
    </span>
  );
}
