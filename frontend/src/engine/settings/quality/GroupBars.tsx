import { Link } from "react-router";
import type { FilterNode } from "@/api/types";
import { useFormat } from "@/kit";
import { qualityMessages } from "./messages";
import { listUrl, shownScore, toneOfScore } from "./model";
import styles from "./quality.module.css";

interface Row {
  key: string;
  name: string;
  note?: string;
  score: number | null;
  count?: number;
  filter: FilterNode | null;
  /** Opens the records where no filter can say which. */
  onOpen?: () => void;
}

/** A score as a bar and a number. */
export function Bar({ score }: { score: number | null }) {
  return (
    <span className={styles.bar}>
      <span className={styles.track} aria-hidden>
        <span style={{ width: `${score ?? 0}%` }} data-tone={toneOfScore(score)} />
      </span>
      <span className={styles.barScore}>{shownScore(score)}</span>
    </span>
  );
}

/** Rows of names and scores; each opens its records. */
export function GroupBars({ object, rows }: { object: string; rows: Row[] }) {
  const t = qualityMessages.useT();
  const format = useFormat();
  return (
    <ul className={styles.bars}>
      {rows.map((row) => (
        <li key={row.key}>
          <span className={styles.barName}>
            {row.score === null || row.score === 100 ? (
              row.name
            ) : row.filter ? (
              <Link to={listUrl(object, row.filter)}>{row.name}</Link>
            ) : row.onOpen ? (
              <button type="button" className={styles.link} onClick={row.onOpen}>
                {row.name}
              </button>
            ) : (
              row.name
            )}
          </span>
          <Bar score={row.score} />
          <span className={styles.barLinks}>
            {row.note ?? (row.count ? t("open_n", { n: format.number(row.count) }) : "")}
          </span>
        </li>
      ))}
    </ul>
  );
}
