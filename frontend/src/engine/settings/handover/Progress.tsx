import { useQueryClient } from "@tanstack/react-query";
import { Progress as Bar, Button } from "antd";
import { useEffect } from "react";
import { Link } from "react-router";
import type { Ref } from "@/api";
import { useFormat, useProblem } from "@/kit";
import { useUndo } from "../../changes/queries";
import styles from "./handover.module.css";
import { useT } from "./messages";
import { type HandOver, isOver, useProgress } from "./queries";

/** How far it is, and at the end its way back. */
export function Progress({ person, job: first, onClose }: { person: Ref; job: HandOver; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const say = useProblem();
  const client = useQueryClient();
  const { data: job = first } = useProgress(person.id, first);
  const undo = useUndo();
  const over = isOver(job);
  useEffect(() => {
    if (over) void client.invalidateQueries({ queryKey: ["records"] });
  }, [over, client]);
  const { done, total } = job.progress;
  const outcome = () => {
    const back = undo.data;
    if (back?.undo_state === "running") return t("undo_started");
    if (back?.skipped)
      return t("undone_some", { n: format.number(back.undone ?? 0), left: format.number(back.skipped) });
    if (back) return t("undone", { name: person.name });
    if (job.status === "failed") return t("failed", { message: job.error ?? "" });
    if (!over) return t("running", { done: format.number(done), total: format.number(total) });
    return job.moved ? t("done", { n: format.number(job.moved) }) : t("done_none");
  };
  const percent = over ? 100 : total ? Math.floor((done * 100) / total) : 0;
  return (
    <>
      <div className={styles.body} aria-live="polite">
        <Bar
          percent={percent}
          status={job.status === "failed" ? "exception" : over ? "success" : "active"}
          showInfo={false}
        />
        <p className={styles.outcome}>{outcome()}</p>
        {job.refused > 0 && <p className="gx-bad gx-s13">{t("refused", { count: job.refused })}</p>}
        <p className="gx-3 gx-s13">
          {over ? t("undo_body") : t("running_body")}{" "}
          {over && (
            <Link className="gx-link" to="/changes">
              {t("changes")}
            </Link>
          )}
        </p>
      </div>
      <footer className={styles.foot}>
        <div className={styles.buttons}>
          {over && !undo.data && (
            <Button
              loading={undo.isPending}
              onClick={() => undo.mutate({ id: job.id, partial: true }, { onError: (error) => say(error) })}
            >
              {t("undo")}
            </Button>
          )}
          <Button type="primary" onClick={onClose}>
            {t("close")}
          </Button>
        </div>
      </footer>
    </>
  );
}
