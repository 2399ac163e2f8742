import { App, Button } from "antd";
import { api } from "@/api/http";
import { Chip, type Tone, useFormat, useProblem } from "@/kit";
import { useDeskT } from "./desk-messages";
import styles from "./privacy.module.css";
import { useChange } from "./queries";
import type { RetentionRun } from "./retention";

const TONES: Record<RetentionRun["state"], Tone> = { running: "info", done: "ok", failed: "bad", undone: "mute" };

/** What the rules did, newest first; what was archived can be brought back. */
export function RetentionRuns({ runs }: { runs: RetentionRun[] }) {
  const t = useDeskT();
  const format = useFormat();
  const say = useProblem();
  const { modal, message } = App.useApp();
  const undo = useChange((id: string) => api.post<{ undone: number }>(`/privacy/retention/runs/${id}/undo`, {}));
  const ask = (run: RetentionRun) =>
    modal.confirm({
      title: t("retention.undo_ask", { name: run.name, n: run.done }),
      icon: null,
      okText: t("retention.undo"),
      onOk: () =>
        undo.mutateAsync(run.id).then((done) => void message.success(t("retention.undone", { n: done.undone })), say),
    });
  return (
    <section className={styles.form}>
      <h3>{t("retention.runs")}</h3>
      <ul className={styles.list}>
        {runs.map((run) => (
          <li key={run.id}>
            <span className={styles.words}>
              <span>
                <b>{run.name}</b>
                <Chip tone={TONES[run.state]}>{t(`retention.states.${run.state}`)}</Chip>
                <span className="gx-3">{format.dateTime(run.started_at)}</span>
              </span>
              <span className={styles.facts}>
                {t(`retention.actions.${run.action}`)} ·{" "}
                {t("retention.run_line", { done: run.done, held: run.held, refused: run.refused })}
              </span>
            </span>
            {run.can_undo && (
              <Button size="small" type="text" onClick={() => ask(run)}>
                {t("retention.undo")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
