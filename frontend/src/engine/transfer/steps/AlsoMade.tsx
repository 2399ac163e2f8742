import type { ImportJob } from "@/api/types";
import { Chip, useFormat } from "@/kit";
import { useT } from "../messages";
import styles from "../transfer.module.css";

const KINDS = ["teams", "managers"] as const;

/** What importing people makes besides them: asking for people is asking for their teams and managers. */
export function AlsoMade({ job }: { job: ImportJob }) {
  const t = useT();
  const format = useFormat();
  const made = job.preview?.will_create;
  const shown = KINDS.filter((kind) => made?.[kind]?.length);
  if (shown.length === 0) return null;
  return (
    <section className={styles.choices}>
      <h2>{t("also.title")}</h2>
      {shown.map((kind) => (
        <div key={kind}>
          <p>
            {t(`also.${kind}`)} <span className="gx-3">{t("create.count", { n: made?.[kind]?.length ?? 0 })}</span>
          </p>
          <div className={styles.names}>
            {made?.[kind]?.map((entry) => (
              <Chip key={entry.value} tone="brand">
                {entry.value}
                {entry.count > 1 && ` ×${format.number(entry.count)}`}
              </Chip>
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}
