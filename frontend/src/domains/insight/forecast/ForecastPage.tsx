/** What will be won and come in: the months to come with their range, what they are made of, and how good it was. */
import { Segmented } from "antd";
import { LineChart } from "lucide-react";
import { useState } from "react";
import { lazyPart, useFormat } from "@/kit";
import { InsightFrame } from "../InsightFrame";
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
  const asked = useForecast();
  return (
    <InsightFrame title={t("page")} icon={LineChart} off={t("off_body")} none={t("none")} asked={asked}>
      {asked.data && <Told data={asked.data} />}
    </InsightFrame>
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
