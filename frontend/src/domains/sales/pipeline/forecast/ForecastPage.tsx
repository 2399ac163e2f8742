import { Segmented, Select } from "antd";
import { useSearchParams } from "react-router";
import { Empty, PageHeader, problemText, useFormat, usePageTitle } from "@/kit";
import { Figures } from "./Figures";
import { ForecastGrid } from "./ForecastGrid";
import type { Scope, Span } from "./forecast";
import styles from "./forecast.module.css";
import { Competitors, Reasons } from "./Losses";
import { useT } from "./messages";
import { Quarters } from "./Quarters";
import { useGrid } from "./queries";
import { StageTable } from "./StageTable";

const SCOPES: Scope[] = ["mine", "team", "all"];
const SPANS: Span[] = ["90", "365", "ever"];
const one = <V extends string>(values: readonly V[], given: string | null, otherwise: V): V =>
  values.find((value) => value === given) ?? otherwise;

/** What will come in, what came in, and how deals go: every figure is a way to its deals. */
export function ForecastPage() {
  const t = useT();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const scope = one(SCOPES, params.get("scope"), "all");
  const span = one(SPANS, params.get("span"), "365");
  const today = format.today();
  const grid = useGrid(scope, today);
  usePageTitle(t("page"));
  const set = (key: string, value: string) =>
    setParams((before) => {
      before.set(key, value);
      return before;
    });
  return (
    <>
      <PageHeader
        title={t("page")}
        sub={t("sub")}
        actions={
          <div className={styles.tools}>
            <Segmented<Scope>
              value={scope}
              options={SCOPES.map((value) => ({ value, label: t(`scope.${value}`) }))}
              onChange={(value) => set("scope", value)}
            />
            <Select<Span>
              aria-label={t("figures")}
              value={span}
              options={SPANS.map((value) => ({ value, label: t(`span.${value}`) }))}
              onChange={(value) => set("span", value)}
              popupMatchSelectWidth={false}
            />
          </div>
        }
      />
      <div className={styles.page}>
        {grid.error && !grid.rows ? (
          <Empty title={problemText(grid.error)} />
        ) : (
          <>
            <Figures scope={scope} span={span} />
            <ForecastGrid scope={scope} today={today} rows={grid.rows} />
            <div className={styles.two}>
              <Quarters scope={scope} />
              <Reasons scope={scope} span={span} />
            </div>
            <StageTable scope={scope} span={span} />
            <Competitors scope={scope} span={span} />
          </>
        )}
      </div>
    </>
  );
}
