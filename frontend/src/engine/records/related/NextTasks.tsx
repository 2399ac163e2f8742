import { App, Checkbox } from "antd";
import { CalendarClock } from "lucide-react";
import { Link } from "react-router";
import type { Field, FilterNode, ObjectSchema, RecordData } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { Card, Chip, Icon, problemText, useFormat } from "@/kit";
import { useT } from "../messages";
import { activityKind, linkTo } from "../meta";
import { recordPath } from "../paths";
import { useUpdateRecord } from "../useRecord";
import { useUndoToast } from "../useUndoToast";
import styles from "./related.module.css";
import { useRelated } from "./useRelated";

interface Props {
  object: ObjectSchema;
  record: RecordData;
  most: number;
  heading?: boolean;
}

/** Open tasks about this record, the most pressing first, done with one click. */
export function NextTasks({ object, record, most, heading = false }: Props) {
  const { objects } = useSchema();
  const task = objects.find((each) => activityKind(each) === "task");
  const link = task && linkTo(task, object);
  const parts = task && partsOf(task);
  if (!task || !link || !parts) return null;
  return <Tasks task={task} link={link} parts={parts} record={record} most={most} heading={heading} />;
}

interface Parts {
  due: Field;
  status: Field;
  done: string;
  closed: string[];
}

function partsOf(task: ObjectSchema): Parts | undefined {
  const due = task.fields.find(
    (field) => (field.type === "datetime" || field.type === "date") && !field.system && !field.readonly,
  );
  const status = task.fields.find(
    (field) => field.type === "select" && field.options?.some((option) => option.value === "done"),
  );
  // What was called off waits for nobody either.
  const closed = ["done", "cancelled"].filter((value) => status?.options?.some((option) => option.value === value));
  return due && status ? { due, status, done: "done", closed } : undefined;
}

interface TasksProps {
  task: ObjectSchema;
  link: Field;
  parts: Parts;
  record: RecordData;
  most: number;
  heading: boolean;
}

function Tasks({ task, link, parts, record, most, heading }: TasksProps) {
  const t = useT();
  const format = useFormat();
  const { message } = App.useApp();
  const toast = useUndoToast();
  const update = useUpdateRecord(task.key);
  const open: FilterNode = { field: parts.status.key, op: "not_in", value: parts.closed };
  const { data } = useRelated(task.key, link.key, record.id, { sort: parts.due.key, limit: most, filter: open });
  const tasks = data?.data ?? [];
  if (tasks.length === 0) return null;
  const finish = (each: RecordData) =>
    update.mutate(
      { record: each, values: { [parts.status.key]: parts.done } },
      {
        onSuccess: (saved) =>
          toast(t("tasks.done", { name: each.title }), () =>
            update.mutate({ record: saved, values: { [parts.status.key]: each[parts.status.key] } }),
          ),
        onError: (error) => message.error(problemText(error)),
      },
    );
  const list = (
    <ul className={heading ? styles.next : styles.tasks}>
      {tasks.map((each) => {
        const due = each[parts.due.key] as string | null;
        const days = due ? format.daysFromToday(due) : null;
        const late = days !== null && days < 0;
        return (
          <li key={each.id}>
            <Checkbox
              checked={each[parts.status.key] === parts.done}
              aria-label={t("tasks.finish", { name: each.title })}
              onChange={() => finish(each)}
            />
            <Link className="gx-cut" to={recordPath(task.key, each.id)}>
              {each.title}
            </Link>
            {due && (
              <Chip tone={late ? "bad" : "mute"} icon={<Icon as={CalendarClock} size={12} />}>
                {late ? t("tasks.late", { count: -(days ?? 0) }) : format.day(due)}
              </Chip>
            )}
          </li>
        );
      })}
    </ul>
  );
  if (heading) {
    return (
      <section className={styles.plain}>
        <h3>{t("tasks.next")}</h3>
        {list}
      </section>
    );
  }
  return (
    <Card title={t("tasks.next")} count={data?.page.count?.value}>
      {list}
    </Card>
  );
}
