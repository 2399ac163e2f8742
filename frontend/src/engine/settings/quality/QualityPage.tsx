import { Select, Skeleton } from "antd";
import { useSearchParams } from "react-router";
import { useLabel } from "@/i18n";
import { useFormat, usePageTitle } from "@/kit";
import { Section } from "../parts/Section";
import { qualityMessages } from "./messages";
import { onStrip, shownScore, toneOfScore, withReview } from "./model";
import styles from "./quality.module.css";
import { useOverview, useReview } from "./queries";
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
  const review = useReview(chosen?.object);
  const strip = onStrip(data ?? [], chosen).map((each) =>
    each.object === chosen?.object ? withReview(each, review.data) : each,
  );
  const others = data?.filter((each) => !strip.some((shown) => shown.object === each.object)) ?? [];
  const choose = (object: string) => setSearch({ object }, { replace: true });
  return (
    <>
      <Section wide title={t("page")} body={t("page_body")} />
      {!data && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      <ul className={styles.cards} aria-label={t("objects")}>
        {strip.map((each) => (
          <li key={each.object}>
            <button type="button" aria-pressed={each.object === chosen?.object} onClick={() => choose(each.object)}>
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
        {others.length > 0 && (
          <li>
            <Select<string | null>
              className={styles.others}
              showSearch={{ optionFilterProp: "label" }}
              value={null}
              onChange={(object) => object && choose(object)}
              aria-label={t("others")}
              placeholder={t("others")}
              options={others.map((each) => ({ value: each.object, label: label(each.label) }))}
            />
          </li>
        )}
      </ul>
      {chosen && <ReviewPanel key={chosen.object} object={chosen.object} />}
    </>
  );
}
