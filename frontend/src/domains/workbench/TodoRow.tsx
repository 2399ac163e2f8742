import { Tooltip } from "antd";
import { CalendarClock, Check, CheckSquare, Funnel, type LucideIcon, Phone, Target } from "lucide-react";
import { Link } from "react-router";
import type { LinkRef } from "@/api";
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

export function TodoRow({ item }: { item: TodoItem }) {
  const t = workbenchMessages.useT();
  const { complete, postpone } = useTaskActions();
  const { record, kind } = item;
  const task = kind === "task";
  const dot = useDot();
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
