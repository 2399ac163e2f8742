import { App, Button, Modal, Skeleton } from "antd";
import { useState } from "react";
import { useLabel } from "@/i18n";
import { RelativeTime, useFormat, useProblem } from "@/kit";
import { qualityMessages } from "./messages";
import type { Repair, Run } from "./model";
import styles from "./quality.module.css";
import { useRepair, useRepairs, useUndoRun } from "./queries";

/** What the program can put right: looked at first, then done, then undone if need be. */
export function Repairs({ object }: { object: string }) {
  const t = qualityMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const [shown, setShown] = useState<Repair | null>(null);
  const { data } = useRepairs(object);
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  return (
    <>
      {data.data.length === 0 && <p className={styles.none}>{t("repairs_none")}</p>}
      <ul className={styles.repairs}>
        {data.data.map((repair) => (
          <li key={repair.key}>
            <div>
              <strong>{label(repair.label)}</strong>
              <p>{label(repair.doc)}</p>
            </div>
            <span className={styles.owner}>
              {t(repair.exact ? "count" : "count_more", { n: format.number(repair.count) })}
            </span>
            <Button onClick={() => setShown(repair)}>{t("preview")}</Button>
          </li>
        ))}
      </ul>
      {data.runs.length > 0 && (
        <>
          <h3 className={styles.runsTitle}>{t("runs")}</h3>
          <ul className={styles.runs}>
            {data.runs.map((run) => (
              <RunRow key={run.batch} object={object} run={run} />
            ))}
          </ul>
        </>
      )}
      {shown && <Preview object={object} repair={shown} onClose={() => setShown(null)} />}
    </>
  );
}

function Preview({ object, repair, onClose }: { object: string; repair: Repair; onClose: () => void }) {
  const t = qualityMessages.useT();
  const label = useLabel();
  const say = useProblem();
  const { message } = App.useApp();
  const mend = useRepair(object);
  const apply = () =>
    mend.mutate(repair.key, {
      onSuccess: (run) => {
        message.success(run.state === "running" ? t("started") : t("done", { n: run.repaired }));
        onClose();
      },
      onError: (error) => say(error),
    });
  return (
    <Modal
      open
      width={720}
      title={label(repair.label)}
      okText={t("apply")}
      cancelText={t("cancel")}
      confirmLoading={mend.isPending}
      onOk={apply}
      onCancel={onClose}
      styles={{ body: { maxHeight: "60vh", overflow: "auto" } }}
    >
      <p className={styles.owner}>{t("examples", { n: repair.examples.length })}</p>
      <ul className={styles.changes}>
        {repair.examples.map((example) => (
          <li key={example.id}>
            <strong>{example.title}</strong>
            {example.changes.map((change) => (
              <div key={change.field}>
                <span className={styles.owner}>{label(change.label)}</span>
                <del>{change.before || t("blank")}</del>
                <span aria-hidden>→</span>
                <ins>{change.after}</ins>
              </div>
            ))}
          </li>
        ))}
      </ul>
    </Modal>
  );
}

function RunRow({ object, run }: { object: string; run: Run }) {
  const t = qualityMessages.useT();
  const label = useLabel();
  const say = useProblem();
  const { message } = App.useApp();
  const undo = useUndoRun(object);
  const said = run.state === "done" ? t("done", { n: run.repaired }) : t(run.state);
  const ask = () =>
    undo.mutate(run.batch, {
      onSuccess: ({ affected, skipped }) =>
        message.success(skipped ? t("undone_some", { n: affected, skipped }) : t("undone", { n: affected })),
      onError: (error) => say(error),
    });
  return (
    <li>
      <span>{run.label ? label(run.label) : run.repair}</span>
      <span className={styles.owner}>
        {said}
        {run.refused > 0 && ` · ${t("refused", { n: run.refused })}`} · <RelativeTime value={run.created_at} />
      </span>
      {run.state === "done" && run.repaired > 0 && (
        <Button type="text" size="small" loading={undo.isPending} onClick={ask}>
          {t("undo")}
        </Button>
      )}
    </li>
  );
}
