import { ArrowRightLeft, FilePlus2, History, type LucideIcon } from "lucide-react";
import { Link } from "react-router";
import type { HistoryEntry, ObjectSchema, TimelineEntry } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Icon, objectIcon, RelativeTime } from "@/kit";
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
  const changes = Array.isArray(entry.data.changes) ? (entry.data.changes as Changes) : [];
  const elsewhere = entry.record_id !== home && object;
  return (
    <li className={styles.item}>
      <span className={[styles.icon, activity ? "" : styles.system].join(" ")} aria-hidden="true">
        <Icon as={iconOf(entry, object, activity !== null)} size={14} />
      </span>
      <article>
        <header>
          <b>{entry.actor?.name ?? t("timeline.system")}</b>
          <span className="gx-2">
            {activity && object ? label(object.label) : changes.length ? t("timeline.changed") : ""}
            {elsewhere ? (
              <Link className={styles.about} to={recordPath(entry.object, entry.record_id)}>
                {entry.title}
              </Link>
            ) : (
              changes.length === 0 && entry.title && <> {entry.title}</>
            )}
          </span>
          <RelativeTime value={entry.at} className={styles.time} />
        </header>
        {entry.body && entry.body !== entry.title && <p className={brief ? styles.brief : styles.body}>{entry.body}</p>}
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

function iconOf(entry: TimelineEntry, object: ObjectSchema | undefined, activity: boolean): LucideIcon {
  if (activity && object) return objectIcon(object.icon, object.key);
  if (/creat/.test(entry.kind)) return FilePlus2;
  return Array.isArray(entry.data.changes) && entry.data.changes.length ? ArrowRightLeft : History;
}
