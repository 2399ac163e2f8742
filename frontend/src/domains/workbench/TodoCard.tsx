import { Button, Skeleton } from "antd";
import { ListTodo } from "lucide-react";
import { useState } from "react";
import type { Count } from "@/api";
import { Card, Empty, useFormat } from "@/kit";
import { CreateDrawer } from "./CreateDrawer";
import { workbenchMessages } from "./locales";
import { TodoRow } from "./TodoRow";
import { TODO_TABS, type TodoItem, type TodoTab } from "./useTodo";
import styles from "./workbench.module.css";

const SHOWN = 9;

const BELONGS: Record<TodoTab, (item: TodoItem) => boolean> = {
  all: () => true,
  overdue: (item) => item.kind !== "stalled" && item.late > 0,
  today: (item) => item.kind !== "stalled" && item.late === 0,
  contact: (item) => item.kind === "contact",
  stalled: (item) => item.kind === "stalled",
};

interface Props {
  items: TodoItem[];
  counts: Record<TodoTab, Count>;
  pending: boolean;
}

export function TodoCard({ items, counts, pending }: Props) {
  const t = workbenchMessages.useT();
  const format = useFormat();
  const [tab, setTab] = useState<TodoTab>("all");
  const [expanded, setExpanded] = useState(false);
  const [creating, setCreating] = useState(false);
  const wanted = items.filter(BELONGS[tab]);
  const shown = expanded ? wanted : wanted.slice(0, SHOWN);
  const tabs = (
    <fieldset className={styles.tabs}>
      <legend className="gx-hidden">{t("todo.title")}</legend>
      {TODO_TABS.map((key) => {
        const count = counts[key];
        return (
          <button type="button" key={key} aria-pressed={tab === key} onClick={() => setTab(key)}>
            {t(`todo.${key}`)}{" "}
            <b className={key === "overdue" && count.value > 0 ? "gx-bad" : undefined}>
              {count.value === 0 && !count.exact ? null : format.count(count)}
            </b>
          </button>
        );
      })}
    </fieldset>
  );
  return (
    <Card title={t("todo.title")} count={tabs} className={styles.todo}>
      {pending && items.length === 0 ? (
        <Skeleton active title={false} paragraph={{ rows: 8, width: "100%" }} className={styles.skeleton} />
      ) : (
        <ul>
          {shown.map((item) => (
            <TodoRow key={item.id} item={item} />
          ))}
        </ul>
      )}
      {!pending && wanted.length === 0 && (
        <Empty
          icon={ListTodo}
          title={tab === "all" ? t("todo.empty") : t("todo.emptyTab")}
          actions={tab === "all" ? <Button onClick={() => setCreating(true)}>{t("todo.emptyTask")}</Button> : null}
        >
          {tab === "all" ? t("todo.emptyHint") : null}
        </Empty>
      )}
      {wanted.length > shown.length && (
        <button type="button" className={styles.more} onClick={() => setExpanded(true)}>
          {t("todo.more", { n: wanted.length - shown.length })}
        </button>
      )}
      {creating && <CreateDrawer object="task" onClose={() => setCreating(false)} />}
    </Card>
  );
}
