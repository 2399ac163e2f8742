import { useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Progress } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { keys } from "@/api";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { type Design, latestTasks, type SchemaTask, takeBack, useShaping } from "./design";
import { useT } from "./locales";
import styles from "./objects.module.css";

const RECENT = 10 * 60_000;

/** Work on the values of fields: under way, and what came of the latest. */
export function TaskBanner({ design }: { design: Design }) {
  const [seen, setSeen] = useState<string[]>([]);
  const latest = useQuery({
    queryKey: [...keys.schema, "tasks", design.key, design.tasks.length, design.version],
    queryFn: async () => (await latestTasks(design.key)).data,
  });
  const done = (latest.data ?? []).filter(
    (task) =>
      task.finished_at &&
      Date.now() - Date.parse(task.finished_at) < RECENT &&
      !seen.includes(task.id) &&
      worthSaying(task),
  );
  return (
    <div className={styles.banners}>
      {design.tasks.map((task) => (
        <Running key={task.id} task={task} design={design} />
      ))}
      {done.slice(0, 2).map((task) => (
        <Done key={task.id} task={task} design={design} onClose={() => setSeen((before) => [...before, task.id])} />
      ))}
    </div>
  );
}

const worthSaying = (task: SchemaTask) =>
  task.status === "failed" || task.kind === "convert" || Boolean(task.result.count);

function useFieldName(design: Design, key: string): string {
  const label = useLabel();
  return label(design.fields.find((field) => field.key === key)?.label, key);
}

function Running({ task, design }: { task: SchemaTask; design: Design }) {
  const t = useT();
  const { done, total } = task.progress;
  return (
    <Alert
      type="info"
      title={t(`task.${task.kind}`, { field: useFieldName(design, task.field) })}
      description={
        <span className={styles.progress}>
          <Progress percent={total ? Math.round((done / total) * 100) : 0} showInfo={false} />
          {t("task.progress", { done, total })}
        </span>
      }
    />
  );
}

function Done({ task, design, onClose }: { task: SchemaTask; design: Design; onClose: () => void }) {
  const t = useT();
  const say = useProblem();
  const { message } = App.useApp();
  const field = useFieldName(design, task.field);
  const undo = useShaping(() => takeBack(task.id));
  const { result } = task;
  const failed = task.status === "failed";
  const title = failed
    ? t("task.failed", { error: result.error ?? "" })
    : task.kind === "convert"
      ? t("task.convertDone", { field })
      : t("task.duplicates", { field, count: result.count ?? 0 });
  const started = () => {
    message.info(t("convert.undone"));
    onClose();
  };
  return (
    <Alert
      type={failed || result.count ? "warning" : "success"}
      title={title}
      closable={{ onClose, "aria-label": t("bin.restore") }}
      description={
        result.duplicates?.length ? (
          <span className={styles.links}>
            {result.duplicates.slice(0, 8).map((row) => (
              <Link key={row.record} to={`/o/${design.key}/${row.record}`}>
                {row.title}（{row.value}）
              </Link>
            ))}
          </span>
        ) : result.lost ? (
          t("task.convertLost", { count: result.lost })
        ) : undefined
      }
      action={
        task.kind === "convert" && !failed && !task.params.back ? (
          <Button
            size="small"
            loading={undo.isPending}
            onClick={() => undo.mutate(undefined, { onSuccess: started, onError: (error) => say(error) })}
          >
            {t("convert.undo")}
          </Button>
        ) : undefined
      }
    />
  );
}
