import { Skeleton } from "antd";
import { useSearchParams } from "react-router";
import { useLabel } from "@/i18n";
import { useFormat, usePageTitle } from "@/kit";
import { Section } from "../parts/Section";
import { qualityMessages } from "./messages";
import { shownScore, toneOfScore } from "./model";
import styles from "./quality.module.css";
import { useOverview } from "./queries";
import { ReviewPanel } from "./ReviewPanel";
import { Sparkline } from "./Sparkline";

/** Every object's score with its trend; the chosen one in detail below. */
export function QualityPage() {
  const t = qualityMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const { data } = useOverview();
  usePageTitle(t("page"));
  const chosen =
    data?.find((each) => each.object === search.get("object")) ?? data?.find((each) => each.records) ?? data?.[0];
  return (
    <>
      <Section wide title={t("page")} body={t("page_body")} />
      {!data && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      <ul className={styles.cards} aria-label={t("objects")}>
        {data?.map((each) => (
          <li key={each.object}>
            <button
              type="button"
              aria-pressed={each === chosen}
              onClick={() => setSearch({ object: each.object }, { replace: true })}
            >
              <span className={styles.cardName}>{label(each.label)}</span>
              <span className={styles.cardScore} data-tone={toneOfScore(each.overall)}>
                {shownScore(each.overall)}
              </span>
              <Sparkline days={each.trend} label={t("trend")} width={84} />
              <span className={styles.cardNote}>
                {each.records === null ? t("never") : t("records", { n: format.number(each.records) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {chosen && <ReviewPanel key={chosen.object} object={chosen.object} />}
    </>
  );
}
