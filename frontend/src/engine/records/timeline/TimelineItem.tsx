import { ArrowRightLeft, FilePlus2, History, type LucideIcon } from "lucide-react";
import { Link } from "react-router";
import type { HistoryEntry, LinkRef, ObjectSchema, TimelineEntry } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Icon, objectIcon, RelativeTime } from "@/kit";
import { FieldRead, isBlank } from "../../fields";
import { ChangeLine } from "../ChangeLine";
import { useT } from "../messages";
import { activityKind } from "../meta";
import { recordPath } from "../paths";
import styles from "./timeline.module.css";

type Changes = HistoryEntry["changes"];

/** One thing that happened: who, what, when, and the words. */
export function TimelineItem({ entry, home, brief }: { entry: TimelineEntry; home: string; brief?: boolean }) {
  const t = useT();
  const label = useLabel();
  const { byKey } = useSchema();
  const object = byKey.get(entry.object);
  const activity = object ? activityKind(object) : null;
  const made = entry.data.action === "create";
  const changes = !made && Array.isArray(entry.data.changes) ? (entry.data.changes as Changes) : [];
  const elsewhere = entry.record_id !== home && object;
  const words =
    activity && object
      ? label(object.label)
      : made
        ? t("timeline.made", { name: label(object?.label) })
        : changes.length
          ? t("timeline.changed")
          : "";
  const titled = activity ? !entry.body : made || changes.length > 0 ? Boolean(elsewhere) : true;
  const facts =
    activity && object
      ? object.fields.filter((field) => field.type === "select" && field.in_list && !isBlank(entry.data[field.key]))
      : [];
  return (
    <li className={styles.item}>
      <span className={[styles.icon, activity ? "" : styles.system].join(" ")} aria-hidden="true">
        <Icon as={iconOf(entry, object, activity !== null)} size={14} />
      </span>
      <article>
        <header>
          <b>{entry.actor?.name ?? t("timeline.system")}</b>
          <span className="gx-2">
            {elsewhere && activity ? (
              <Link className={styles.kind} to={recordPath(entry.object, entry.record_id)}>
                {words}
              </Link>
            ) : (
              words
            )}
            {titled &&
              (elsewhere ? (
                <Link className={styles.about} to={recordPath(entry.object, entry.record_id)}>
                  {entry.title}
                </Link>
              ) : (
                ` ${entry.title}`
              ))}
            {activity && linkedTo(entry, home).map((link) => <span key={link.id}> · {link.title}</span>)}
          </span>
          <RelativeTime value={entry.at} className={styles.time} />
        </header>
        {entry.body && <p className={brief ? styles.brief : styles.body}>{entry.body}</p>}
        {!brief && facts.length > 0 && (
          <span className={styles.facts}>
            {facts.map((field) => (
              <FieldRead key={field.key} field={field} value={entry.data[field.key]} place="cell" />
            ))}
          </span>
        )}
        {changes.slice(0, brief ? 1 : 6).map((change) => (
          <ChangeLine
            key={change.field}
            field={object?.fields.find((field) => field.key === change.field)}
            change={change}
          />
        ))}
      </article>
    </li>
  );
}

/** Whom and what it was about besides the record one looks at. */
function linkedTo(entry: TimelineEntry, home: string): LinkRef[] {
  return Object.values(entry.data).filter(
    (value): value is LinkRef =>
      typeof value === "object" &&
      value !== null &&
      "object" in value &&
      "title" in value &&
      (value as LinkRef).id !== home,
  );
}

function iconOf(entry: TimelineEntry, object: ObjectSchema | undefined, activity: boolean): LucideIcon {
  if (activity && object) return objectIcon(object.icon, object.key);
  if (entry.data.action === "create") return FilePlus2;
  return Array.isArray(entry.data.changes) && entry.data.changes.length ? ArrowRightLeft : History;
}
