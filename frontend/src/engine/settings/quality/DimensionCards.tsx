import { Link } from "react-router";
import { useFormat } from "@/kit";
import { duplicatesPath } from "../../records/paths";
import { qualityMessages } from "./messages";
import { type Check, type Dimension, listUrl, type Review, shownScore, toneOfScore } from "./model";
import styles from "./quality.module.css";
import { Sparkline } from "./Sparkline";

interface Props {
  review: Review;
  onOpen: (check: Check) => void;
}

/** The overall score and the five it is made of, each with the way to its records. */
export function DimensionCards({ review, onOpen }: Props) {
  const t = qualityMessages.useT();
  return (
    <ul className={styles.dimensions}>
      <li data-main>
        <span className={styles.dimName}>{t("overall")}</span>
        <strong data-tone={toneOfScore(review.overall)}>{shownScore(review.overall)}</strong>
        <Sparkline days={review.trend} label={t("trend")} />
      </li>
      {review.dimensions.map((each) => (
        <li key={each.key}>
          <span className={styles.dimName}>{t(`dimensions.${each.key}`)}</span>
          <strong data-tone={toneOfScore(each.score)}>{shownScore(each.score)}</strong>
          <span className={styles.dimAbout}>
            {each.score === null ? t(`unknown.${each.key}`) : t(`about.${each.key}`)}
          </span>
          <Way review={review} dimension={each} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  );
}

function Way({ review, dimension, onOpen }: Props & { dimension: Dimension }) {
  const t = qualityMessages.useT();
  const format = useFormat();
  const { key, score, count, filter } = dimension;
  if (score === null || score === 100) return null;
  const text = count === null ? t("open_incomplete") : t("open_n", { n: format.number(count) });
  if (filter) return <Link to={listUrl(review.object, filter)}>{text}</Link>;
  if (key === "timeliness")
    return (
      <button type="button" className={styles.link} onClick={() => onOpen("overdue")}>
        {text}
      </button>
    );
  if (key !== "uniqueness") return null;
  return <Link to={duplicatesPath(review.object)}>{text}</Link>;
}
