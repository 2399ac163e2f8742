import { useLabel } from "@/i18n";
import styles from "./merging.module.css";
import { mergingMessages } from "./messages";
import type { MergePreview } from "./queries";

/** What hangs on the others and moves to the one that stays. */
export function Moves({ preview }: { preview: MergePreview }) {
  const t = mergingMessages.useT();
  const label = useLabel();
  const moving = preview.moves
    .map((move) => ({
      ...move,
      count: Object.entries(move.counts).reduce((sum, [id, n]) => (id === preview.survivor ? sum : sum + n), 0),
    }))
    .filter((move) => move.count > 0);
  return (
    <section className={styles.moves}>
      <h2>{t("moves")}</h2>
      {moving.length === 0 && <p className="gx-3">{t("moves_none")}</p>}
      <ul>
        {moving.map((move) => (
          <li key={`${move.object}.${move.field}`}>
            {t("move", { object: label(move.label), field: label(move.field_label) })}
            <b>{t("count", { count: move.count })}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
