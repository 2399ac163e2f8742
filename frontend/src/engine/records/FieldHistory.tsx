import { Skeleton } from "antd";
import type { Field, ObjectSchema, RecordData } from "@/api/types";
import { RelativeTime } from "@/kit";
import { ChangeLine } from "./ChangeLine";
import { useT } from "./messages";
import styles from "./records.module.css";
import { useHistory } from "./useHistory";

/** Who set this field to what, and when. */
export function FieldHistory({ object, record, field }: { object: ObjectSchema; record: RecordData; field: Field }) {
  const t = useT();
  const { entries, isPending } = useHistory(object.key, record.id, field.key);
  const changes = entries.flatMap((entry) =>
    entry.changes.filter((change) => change.field === field.key).map((change) => ({ entry, change })),
  );
  if (isPending) return <Skeleton active title={false} paragraph={{ rows: 2, width: 200 }} />;
  if (changes.length === 0) return <p className={styles.popText}>{t("field.no_history")}</p>;
  return (
    <ul className={styles.past}>
      {changes.map(({ entry, change }) => (
        <li key={entry.id}>
          <span className="gx-s12 gx-3">
            {entry.actor?.name ?? t("timeline.system")} · <RelativeTime value={entry.at} />
          </span>
          <ChangeLine field={field} change={change} bare named={entry.action === "reveal"} />
        </li>
      ))}
    </ul>
  );
}
