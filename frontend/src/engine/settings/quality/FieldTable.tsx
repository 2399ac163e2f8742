import { Link } from "react-router";
import { useLabel } from "@/i18n";
import { useFormat } from "@/kit";
import { Bar } from "./GroupBars";
import { qualityMessages } from "./messages";
import { type Check, type FieldFigures, listUrl, type Review } from "./model";
import styles from "./quality.module.css";

interface Props {
  review: Review;
  onOpen: (check: Check, field: FieldFigures) => void;
}

/** The fields that are looked at: how many are filled, how many hold what they should. */
export function FieldTable({ review, onOpen }: Props) {
  const t = qualityMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const { records } = review;
  const shown = review.fields.filter((field) => field.weight !== null || field.unsound || field.overdue);
  return (
    <ul className={styles.bars}>
      {shown.map((field) => {
        const filled = field.empty === null ? (field.present ?? 0) : records - field.empty;
        return (
          <li key={field.key}>
            <span className={styles.barName}>{label(field.label)}</span>
            <Bar score={records ? (100 * filled) / records : null} />
            <span className={styles.barLinks}>
              {!!field.empty && field.filter && (
                <Link to={listUrl(review.object, field.filter)}>{t("missing", { n: format.number(field.empty) })}</Link>
              )}
              {(["unsound", "overdue"] as const).map(
                (check) =>
                  !!field[check] && (
                    <button key={check} type="button" className={styles.link} onClick={() => onOpen(check, field)}>
                      {t(check === "unsound" ? "wrong" : "overdue", { n: format.number(field[check]) })}
                    </button>
                  ),
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
