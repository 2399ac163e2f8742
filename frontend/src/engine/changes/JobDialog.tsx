import { useQueryClient } from "@tanstack/react-query";
import { Button, Modal, Progress } from "antd";
import { Download } from "lucide-react";
import { useEffect } from "react";
import { keys } from "@/api/keys";
import { Icon, useFormat, useProblem } from "@/kit";
import styles from "./changes.module.css";
import { changesMessages } from "./messages";
import { cancelJob, isOver, type Job, useJob, useUndo } from "./queries";

/** Bulk work under way: how far it is, and in the end what was refused, with the way to take it back. */
export function JobDialog({ job: first, onClose }: { job: Job; onClose: () => void }) {
  const t = changesMessages.useT();
  const format = useFormat();
  const say = useProblem();
  const client = useQueryClient();
  const { data: job } = useJob(first);
  const undo = useUndo();
  const over = isOver(job);
  useEffect(() => {
    if (over) void client.invalidateQueries({ queryKey: keys.records(first.object) });
  }, [over, client, first.object]);
  const { done, total } = job.progress;
  const percent = over && job.status === "done" ? 100 : total ? Math.floor((done * 100) / total) : 0;
  const failed = job.status === "failed";
  return (
    <Modal
      open
      title={t(over ? "job_over" : "job_title", { n: format.number(total) })}
      onCancel={onClose}
      width={460}
      footer={
        over ? (
          <>
            {job.changed > 0 && (
              <Button
                loading={undo.isPending}
                onClick={() =>
                  undo.mutate({ id: job.batch, partial: true }, { onSuccess: onClose, onError: (error) => say(error) })
                }
              >
                {t("undo")}
              </Button>
            )}
            <Button type="primary" onClick={onClose}>
              {t("job_close")}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => void cancelJob(job.id).catch(say)}>{t("job_cancel")}</Button>
            <Button type="primary" onClick={onClose}>
              {t("job_background")}
            </Button>
          </>
        )
      }
    >
      <div className={styles.job} aria-live="polite">
        <Progress percent={percent} status={failed ? "exception" : over ? "success" : "active"} showInfo={false} />
        {!over && <p>{t("job_progress", { done: format.number(done), total: format.number(total) })}</p>}
        {failed && <p className="gx-bad">{t("job_failed", { message: job.error ?? "" })}</p>}
        {job.status === "cancelled" && <p>{t("job_cancelled")}</p>}
        {over && (
          <p>
            {t("job_done", { changed: format.number(job.changed) })}
            {job.unchanged > 0 && t("job_unchanged", { n: format.number(job.unchanged) })}
          </p>
        )}
        {job.refused > 0 && (
          <p>
            {t("job_refused", { count: job.refused })}{" "}
            <a className="gx-link" href={`/api/v1/jobs/${job.id}/refused.csv`} download>
              <Icon as={Download} size={14} /> {t("job_download")}
            </a>
          </p>
        )}
      </div>
    </Modal>
  );
}
