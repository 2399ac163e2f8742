import { useFormat } from "@/kit";
import styles from "./insight.module.css";
import { useT } from "./messages";
import type { CustomerInsight } from "./model";

/** What the customer's stage and tier were before, the newest first, each change with its reason. */
export function History({ data }: { data: CustomerInsight }) {
  const t = useT();
  const format = useFormat();
  if (data.changes.length === 0) return <p className="gx-3">{t("no_history")}</p>;
  return (
    <div>
      <h3 className={styles.small}>{t("history")}</h3>
      <ol className={styles.changes}>
        {data.changes.map((change) => (
          <li key={`${change.kind}-${change.on}-${change.key}`}>
            <time className="gx-3 gx-num" dateTime={change.on}>
              {format.date(change.on)}
            </time>
            <span>
              {change.was ? t("became", { was: change.was, now: change.now ?? "—" }) : (change.now ?? "—")}
              {change.why && <small className="gx-3">{change.why}</small>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
