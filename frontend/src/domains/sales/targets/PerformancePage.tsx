import { Button, Segmented, Skeleton } from "antd";
import { ChevronLeft, ChevronRight, Goal, Target } from "lucide-react";
import { Link, useSearchParams } from "react-router";
import { useLabel } from "@/i18n";
import { Card, Empty, Icon, PageHeader, problemText, usePageTitle } from "@/kit";
import { BoardCard } from "./BoardCard";
import { MyPace } from "./MyPace";
import { useT } from "./messages";
import { isMine, movedDay, type Standing, type StandingPlan, UNITS, type Unit } from "./model";
import { ContestsCard } from "./pay/ContestsCard";
import { PerformanceNav } from "./pay/Nav";
import { useOverview, useStanding } from "./queries";
import { StandingTable } from "./StandingTable";
import styles from "./targets.module.css";
import { useFigures } from "./useFigures";

/** How everybody stands whose figures one may see. Period and plan stand in the address. */
export function PerformancePage() {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const unit = UNITS.find((each) => each === params.get("unit")) ?? "month";
  const asked = params.get("day");
  const day = asked && /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : null;
  const { data, error } = useStanding(unit, day);
  const may = useOverview().data?.may;
  usePageTitle(t("page"));
  const put = (changes: Record<string, string | null>) =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      for (const [key, value] of Object.entries(changes)) value === null ? next.delete(key) : next.set(key, value);
      return next;
    });
  const set = may?.targets ? (
    <Link to="/performance/targets">
      <Button icon={<Icon as={Goal} />}>{t("set")}</Button>
    </Link>
  ) : null;
  return (
    <>
      <PageHeader title={t("page")} actions={set} />
      <PerformanceNav />
      <div className={styles.page}>
        {data && data.plans.length > 0 && <Toolbar data={data} unit={unit} put={put} />}
        {error && !data && <Empty title={problemText(error)} />}
        {!data && !error && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
        {data?.plans.length === 0 && (
          <Empty icon={Target} title={t("none")} actions={set}>
            {t(may?.targets ? "none_body" : "none_body_reader")}
          </Empty>
        )}
        {data && data.plans.length > 0 && <Plans data={data} unit={unit} chosen={params.get("plan")} put={put} />}
      </div>
    </>
  );
}

type Put = (changes: Record<string, string | null>) => void;

function Toolbar({ data, unit, put }: { data: Standing; unit: Unit; put: Put }) {
  const t = useT();
  const { period } = useFigures();
  const { start, end } = data.period;
  const now = start <= data.today && data.today <= end;
  return (
    <div className={styles.toolbar}>
      <Segmented
        aria-label={t("period")}
        value={unit}
        onChange={(value) => put({ unit: value })}
        options={UNITS.map((value) => ({ value, label: t(`unit.${value}`) }))}
      />
      <div className={styles.stepper}>
        <Button
          type="text"
          icon={<Icon as={ChevronLeft} />}
          aria-label={t("before")}
          onClick={() => put({ day: movedDay(unit, start, -1) })}
        />
        <b aria-live="polite">{period(data.period)}</b>
        <Button
          type="text"
          icon={<Icon as={ChevronRight} />}
          aria-label={t("after")}
          onClick={() => put({ day: movedDay(unit, start, 1) })}
        />
        {!now && (
          <Button type="link" size="small" onClick={() => put({ day: null })}>
            {t("this")}
          </Button>
        )}
      </div>
    </div>
  );
}

function Plans({ data, unit, chosen, put }: { data: Standing; unit: Unit; chosen: string | null; put: Put }) {
  const t = useT();
  const label = useLabel();
  const { period } = useFigures();
  const plan = data.plans.find((each) => each.id === chosen) ?? data.plans[0];
  const others = (each: StandingPlan) => each.rows.some((row) => !isMine(each, row));
  const mine = data.plans.flatMap((each) => {
    const row = each.rows.find((one) => isMine(each, one));
    return row && (row.target || row.actual) ? [{ plan: each, row }] : [];
  });
  return (
    <>
      {mine.length > 0 && (
        <section aria-label={t("mine")} className={styles.mine}>
          {mine.map(({ plan: each, row }) => (
            <Card
              key={each.id}
              title={label(each.name)}
              count={each.period.unit === data.period.unit ? undefined : period(each.period)}
            >
              <MyPace plan={each} row={row} />
            </Card>
          ))}
        </section>
      )}
      {plan && data.plans.some(others) && (
        <>
          {data.plans.length > 1 && (
            <div className={styles.choose}>
              <Segmented
                aria-label={t("plan")}
                value={plan.id}
                onChange={(value) => put({ plan: value })}
                options={data.plans.map((each) => ({ value: each.id, label: label(each.name) }))}
              />
            </div>
          )}
          <div className={styles.two}>
            <Card title={t("team")} count={label(plan.name)}>
              <StandingTable plan={plan} />
            </Card>
            <div className={styles.aside}>
              <BoardCard plan={plan} unit={unit} day={data.period.start} />
              <ContestsCard />
            </div>
          </div>
        </>
      )}
      {plan && !data.plans.some(others) && (
        <div className={styles.aside}>
          <BoardCard plan={plan} unit={unit} day={data.period.start} />
          <ContestsCard />
        </div>
      )}
    </>
  );
}
