import { Link } from "react-router";
import { useLabel } from "@/i18n";
import { Chip } from "@/kit";
import { qualityMessages } from "./messages";
import type { Offender, Review } from "./model";
import styles from "./quality.module.css";

/** The records that pull the score down most, each with what it lacks. */
export function Offenders({ review }: { review: Review }) {
  const t = qualityMessages.useT();
  if (review.offenders.length === 0) return <p className={styles.none}>{t("offenders_none")}</p>;
  return (
    <ol className={styles.offenders}>
      {review.offenders.map((record) => (
        <li key={record.id}>
          <Link to={`/o/${review.object}/${record.id}`}>{record.title}</Link>
          <span className={styles.owner}>{record.owner ?? ""}</span>
          <Lacks review={review} lacks={record.lacks} />
        </li>
      ))}
    </ol>
  );
}

function Lacks({ review, lacks }: { review: Review; lacks: Offender["lacks"] }) {
  const t = qualityMessages.useT();
  const label = useLabel();
  const names = (keys: string[]) =>
    review.fields
      .filter((field) => keys.includes(field.key))
      .map((field) => label(field.label))
      .join(t("list"));
  return (
    <span className={styles.lacks}>
      {lacks.shared && <Chip tone="bad">{t("lacks_shared")}</Chip>}
      {lacks.unsound.length > 0 && <Chip tone="bad">{t("lacks_unsound", { fields: names(lacks.unsound) })}</Chip>}
      {lacks.broken.length > 0 && <Chip tone="bad">{t("lacks_broken")}</Chip>}
      {lacks.overdue.length > 0 && <Chip tone="warn">{t("lacks_overdue", { fields: names(lacks.overdue) })}</Chip>}
      {lacks.stale && lacks.overdue.length === 0 && <Chip tone="warn">{t("lacks_stale")}</Chip>}
      {lacks.empty.length > 0 && (
        <Chip title={names(lacks.empty)}>{t("lacks_empty", { fields: names(lacks.empty) })}</Chip>
      )}
    </span>
  );
}
