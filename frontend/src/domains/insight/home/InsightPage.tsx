/** The insight home: a card for each of the ten C, the flow between stages, who brings the profit, RFM and segments. */
import { App, Button, Skeleton } from "antd";
import { Activity, Layers, LineChart, RefreshCw, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { Empty, Icon, lazyPart, PageHeader, problemText, useFormat, usePageTitle, useProblem } from "@/kit";
import styles from "../insight.module.css";
import { useT } from "../messages";
import { type Home, isWaiting } from "../model";
import { useCompute, useHome } from "../queries";
import { CCard } from "./CCard";
import { Models } from "./Models";
import { Segments } from "./Segments";

const FlowCard = lazyPart(async () => (await import("./FlowCard")).FlowCard);
const ParetoCard = lazyPart(async () => (await import("./ParetoCard")).ParetoCard);
const RulesDrawer = lazyPart(async () => (await import("./RulesDrawer")).RulesDrawer);

export function InsightPage() {
  const t = useT();
  const go = useNavigate();
  const { data, error, isPending } = useHome();
  usePageTitle(t("page"));
  return (
    <>
      <PageHeader
        title={t("page")}
        actions={
          <>
            <Button icon={<Icon as={LineChart} />} onClick={() => go("/insight/forecast")}>
              {t("forecast")}
            </Button>
            <Button icon={<Icon as={Layers} />} onClick={() => go("/insight/tiers")}>
              {t("tiers")}
            </Button>
            {data && <Tools home={data} />}
          </>
        }
      />
      <div className={styles.page}>
        {isPending && <Skeleton active title={false} paragraph={{ rows: 10 }} />}
        {error && !data && <Empty title={problemText(error)} />}
        {data && !data.is_on && (
          <Empty icon={Activity} title={t("off")}>
            {t("off_body")}
          </Empty>
        )}
        {data?.is_on && !data.as_of && (
          <Empty icon={Activity} title={t("none")}>
            {t("none_body")}
          </Empty>
        )}
        {data?.is_on && data.as_of && <Told home={data} asOf={data.as_of} />}
      </div>
    </>
  );
}

function Tools({ home }: { home: Home }) {
  const t = useT();
  const say = useProblem();
  const { message } = App.useApp();
  const compute = useCompute();
  const [open, setOpen] = useState(false);
  if (!home.may) return null;
  const waiting = isWaiting(home.run);
  const close = (saved: boolean) => {
    setOpen(false);
    if (saved) message.success(t("saved"));
  };
  return (
    <>
      <Button icon={<Icon as={SlidersHorizontal} />} onClick={() => setOpen(true)}>
        {t("rules")}
      </Button>
      {home.is_on && (
        <Button
          icon={<Icon as={RefreshCw} />}
          disabled={waiting}
          onClick={() => compute.mutate(undefined, { onError: (problem) => say(problem) })}
        >
          {waiting ? t("computing", { percent: home.run?.progress ?? 0 }) : t("compute")}
        </Button>
      )}
      {open && <RulesDrawer onClose={close} />}
    </>
  );
}

function Told({ home, asOf }: { home: Home; asOf: string }) {
  const t = useT();
  const format = useFormat();
  const everybody = home.stages.reduce((sum, stage) => sum + stage.customers, 0);
  return (
    <>
      <p className="gx-2">
        {t("lead", { count: format.number(everybody) })} {t("as_of", { when: format.relative(asOf) })}
        {home.run?.state === "failed" && <span> {t("failed")}</span>}
        {!home.whole && <span className="gx-3"> {t("not_whole")}</span>}
      </p>
      <div className={styles.cards}>
        {home.cards.map((card) => (
          <CCard key={card.key} card={card} currency={home.currency} />
        ))}
      </div>
      <div className={styles.halves}>
        <FlowCard home={home} />
        <ParetoCard home={home} />
      </div>
      <Segments home={home} />
      <Models models={home.models} />
      <Data home={home} />
    </>
  );
}

/** What is missing, and whether the lake has all that the database has. */
function Data({ home }: { home: Home }) {
  const t = useT();
  const format = useFormat();
  return (
    <div className={styles.halves}>
      <section className={styles.panel}>
        <div className={styles.head}>
          <h2>{t("lake")}</h2>
        </div>
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>{t("fact")}</th>
                <th>{t("rows")}</th>
                <th>{t("database")}</th>
              </tr>
            </thead>
            <tbody>
              {home.freshness.map((each) => (
                <tr key={each.fact}>
                  <td>{each.label}</td>
                  <td>{format.number(each.rows)}</td>
                  <td>{format.number(each.database_rows)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {home.missing.length > 0 && (
        <section className={styles.panel}>
          <div className={styles.head}>
            <h2>{t("missing")}</h2>
          </div>
          <ul className={styles.lists}>
            {home.missing.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
