import { Tooltip } from "antd";
import { CalendarClock, Check, CheckSquare, Funnel, type LucideIcon, NotebookPen, Phone, Target } from "lucide-react";
import { Link } from "react-router";
import type { LinkRef } from "@/api";
import { askForLog, type LogTarget } from "@/engine/records/log-target";
import { Chip, Icon, RelativeTime, useDot } from "@/kit";
import { recordPath } from "./list-path";
import { workbenchMessages } from "./locales";
import { useTaskActions } from "./useTaskActions";
import type { TodoItem } from "./useTodo";
import styles from "./workbench.module.css";

const GLYPH: Record<string, LucideIcon> = { task: CheckSquare, customer: Phone, lead: Funnel, opportunity: Target };

const isLink = (value: unknown): value is LinkRef => typeof value === "object" && value !== null && "title" in value;

/** Who it is about: the links of the record, the customer first. */
function about(item: TodoItem): string[] {
  const { record } = item;
  const names = ["customer", "opportunity", "contact", "lead"]
    .map((field) => record[field])
    .filter(isLink)
    .map((link) => link.title);
  return item.kind === "contact" && record.object === "customer" ? [] : names.slice(0, 2);
}

/** Whom a line of the list is about, and the task that is done with it. */
function logTarget({ record, kind }: TodoItem): LogTarget | null {
  if (kind !== "task") return { object: record.object, id: record.id, title: record.title };
  const about = ["opportunity", "lead", "customer", "contact"].map((field) => record[field]).find(isLink);
  return about
    ? { object: about.object, id: about.id, title: about.title, task: { id: record.id, title: record.title } }
    : null;
}

export function TodoRow({ item }: { item: TodoItem }) {
  const t = workbenchMessages.useT();
  const { complete, postpone } = useTaskActions();
  const { record, kind } = item;
  const task = kind === "task";
  const dot = useDot();
  const log = logTarget(item);
  const contactText = kind === "contact" ? t("todo.contactText") : null;
  const stalledText =
    kind === "stalled" ? t("todo.stalledText", { stage: item.stage ?? "", days: item.daysInStage ?? 0 }) : null;
  const behind = [contactText, stalledText, ...about(item)].filter(Boolean);
  return (
    <li>
      {task ? (
        <button
          type="button"
          className={styles.check}
          onClick={() => complete(record)}
          aria-label={t("todo.done", { title: record.title })}
        >
          <Icon as={Check} size={12} />
        </button>
      ) : (
        <span className={styles.noCheck} />
      )}
      <Icon as={GLYPH[record.object] ?? CheckSquare} className="gx-3" />
      <Link to={recordPath(record)} className={styles.what}>
        <span className={styles.title}>{record.title}</span>
        {behind.map((text) => (
          <span key={text} className="gx-3 gx-s13">
            <span className={styles.dot}>{dot}</span>
            {text}
          </span>
        ))}
      </Link>
      <Lateness item={item} />
      <span className={styles.when}>
        {item.at && <RelativeTime value={item.at} as="day" className={styles.time} />}
        {log && (
          <Tooltip title={t("log")}>
            <button
              type="button"
              className={styles.act}
              data-log={task ? "second" : "only"}
              onClick={() => askForLog(log)}
              aria-label={`${t("log")}: ${record.title}`}
            >
              <Icon as={NotebookPen} />
            </button>
          </Tooltip>
        )}
        {task && (
          <Tooltip title={t("todo.postpone")}>
            <button
              type="button"
              className={styles.act}
              onClick={() => postpone(record)}
              aria-label={`${t("todo.postpone")}: ${record.title}`}
            >
              <Icon as={CalendarClock} />
            </button>
          </Tooltip>
        )}
      </span>
    </li>
  );
}

function Lateness({ item }: { item: TodoItem }) {
  const t = workbenchMessages.useT();
  if (item.kind === "stalled") return <Chip tone="warn">{t("todo.stalledDays", { n: item.late })}</Chip>;
  if (item.late > 0) return <Chip tone="bad">{t("todo.overdueDays", { n: item.late })}</Chip>;
  return <Chip>{t("todo.dueToday")}</Chip>;
}
