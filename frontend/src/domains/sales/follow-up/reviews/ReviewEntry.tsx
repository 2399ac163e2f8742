import { Button } from "antd";
import { MessageSquare } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { useSchema } from "@/api/useSchema";
import { recordPath } from "@/engine/records/paths";
import { useLabel } from "@/i18n";
import { Avatar, Chip, Icon, RelativeTime, toneOf } from "@/kit";
import { useT as useRemarkT } from "../remarks/messages";
import { RemarkBox } from "../remarks/RemarkBox";
import { RemarkList } from "../remarks/RemarkList";
import { useT } from "./messages";
import type { Reviewed } from "./queries";
import styles from "./reviews.module.css";

/** One follow-up as a manager reads it: who, with whom, what was said, what came of it, and what is said about it. */
export function ReviewEntry({ entry }: { entry: Reviewed }) {
  const t = useT();
  const remark = useRemarkT();
  const label = useLabel();
  const [writing, setWriting] = useState(false);
  const object = useSchema().byKey.get(entry.object);
  const choice = (value: string | null) =>
    object?.fields.flatMap((field) => field.options ?? []).find((option) => option.value === value);
  const kind = choice(entry.method);
  const outcome = choice(entry.outcome);
  return (
    <article className={styles.entry}>
      {entry.owner && <Avatar id={entry.owner.id} name={entry.owner.name} />}
      <div className={styles.told}>
        <p className={styles.head}>
          <b>{entry.owner?.name}</b>
          <Chip>{label(kind?.label ?? object?.label)}</Chip>
          {entry.about && (
            <Link className="gx-link gx-cut" to={recordPath(entry.about.object, entry.about.id)}>
              {entry.about.title}
            </Link>
          )}
          {outcome && <Chip tone={toneOf(outcome.color)}>{label(outcome.label)}</Chip>}
          <Link className={styles.at} to={recordPath(entry.object, entry.id)}>
            <RelativeTime value={entry.at} />
          </Link>
        </p>
        <p className={styles.words}>{entry.body || entry.title}</p>
        {entry.distance !== null && <p className="gx-3 gx-s12">{t("distance", { m: metres(entry.distance) })}</p>}
        {entry.photos.length > 0 && (
          <div className={styles.photos}>
            {entry.photos.map((url) => (
              <a key={url} href={url} target="_blank" rel="noreferrer">
                <img src={url} alt={t("photo")} loading="lazy" />
              </a>
            ))}
          </div>
        )}
        <RemarkList object={entry.object} id={entry.id} remarks={entry.remarks} />
        {writing ? (
          <RemarkBox object={entry.object} id={entry.id} autoFocus />
        ) : (
          <Button
            type="text"
            size="small"
            icon={<Icon as={MessageSquare} size={14} />}
            onClick={() => setWriting(true)}
          >
            {remark("add")}
          </Button>
        )}
      </div>
    </article>
  );
}

const metres = (distance: number) => (distance < 1000 ? `${distance} m` : `${(distance / 1000).toFixed(1)} km`);
