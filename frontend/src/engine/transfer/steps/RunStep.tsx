import { Progress } from "antd";
import type { ImportJob } from "@/api/types";
import { useFormat } from "@/kit";
import { useT } from "../messages";
import styles from "../transfer.module.css";

/** The run goes on without this page; the page only looks. */
export function RunStep({ job }: { job: ImportJob }) {
  const t = useT();
  const format = useFormat();
  const { done, total } = job.progress;
  const percent = total ? Math.floor((done / total) * 100) : 0;
  return (
    <div className={styles.running} aria-live="polite">
      <h2>{t(job.status === "queued" ? "run.queued" : "run.running")}</h2>
      <Progress percent={percent} size={["100%", 8]} status="active" showInfo={false} aria-label={t("run.progress")} />
      <p>
        {t("run.done_of", { n: format.number(done), total: format.number(total) })}
        <span className="gx-3">{percent}%</span>
      </p>
      <p className="gx-3">{t("run.leave")}</p>
    </div>
  );
}
