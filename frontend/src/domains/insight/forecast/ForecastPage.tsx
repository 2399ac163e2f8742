/** What will be won and come in: the months to come with their range, what they are made of, and how good it was. */
import { Segmented, Skeleton } from "antd";
import { LineChart } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { Empty, lazyPart, PageHeader, problemText, useFormat, usePageTitle } from "@/kit";
import styles from "../insight.module.css";
import { useForecast } from "../queries";
import { Accuracy } from "./Accuracy";
import { How } from "./How";
import { Months } from "./Months";
import { useT } from "./messages";
import type { Forecast } from "./model";
import { Teams } from "./Teams";

const Picture = lazyPart(async () => (await import("./Picture")).Picture);

export function ForecastPage() {
  const t = useT();
  const { data, error, isPending } = useForecast();
  usePageTitle(t("page"));
  return (
    <>
      <PageHeader
        title={t("page")}
        actions={
          <Link to="/insight" className="gx-link">
            {t("back")}
          </Link>
        }
      />
      <div className={styles.page}>
        {isPending && <Skeleton active title={false} paragraph={{ rows: 10 }} />}
        {error && !data && <Empty title={problemText(error)} />}
        {data && !data.is_on && (
          <Empty icon={LineChart} title={t("off")}>
            {t("off_body")}
          </Empty>
        )}
        {data?.is_on && data.missing && (
          <Empty icon={LineChart} title={t("none")}>
            {data.missing}
          </Empty>
        )}
        {data?.is_on && !data.missing && <Told data={data} />}
      </div>
    </>
  );
}

function Told({ data }: { data: Forecast }) {
  const t = useT();
  const format = useFormat();
  const there = (["won", "received"] as const).filter((key) => data[key] !== null);
  const [chosen, setChosen] = useState(there[0] ?? "won");
  const measured = data[chosen];
  if (!measured) return null;
  return (
    <>
      <div className={styles.head}>
        <Segmented
          value={chosen}
          onChange={setChosen}
          options={there.map((key) => ({ value: key, label: t(key) }))}
          aria-label={t("page")}
        />
        <span className="gx-3 gx-s12">{data.as_of && t("as_of", { when: format.relative(data.as_of) })}</span>
      </div>
      <section className={styles.panel}>
        <div className={styles.head}>
          <h2>{t(chosen)}</h2>
          <span className="gx-3 gx-s12">{t("chart")}</span>
        </div>
        {measured.missing && <p className={styles.lacking}>{measured.missing}</p>}
        <Picture measured={measured} currency={data.currency} />
      </section>
      <Months measured={measured} currency={data.currency} />
      <div className={styles.halves}>
        <Accuracy measured={measured} currency={data.currency} />
        {chosen === "won" && <Teams teams={data.teams} currency={data.currency} />}
      </div>
      <How measured={measured} />
    </>
  );
}
