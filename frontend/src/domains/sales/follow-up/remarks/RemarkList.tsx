import { Button } from "antd";
import { X } from "lucide-react";
import type { Id } from "@/api";
import { Avatar, Icon, RelativeTime, useProblem } from "@/kit";
import { useT } from "./messages";
import { type Remark, useRemarkChanges } from "./queries";
import styles from "./remarks.module.css";

/** What was said, oldest first. */
export function RemarkList({ object, id, remarks }: { object: string; id: Id; remarks: readonly Remark[] }) {
  const t = useT();
  const say = useProblem();
  const { remove } = useRemarkChanges(object, id);
  if (remarks.length === 0) return null;
  return (
    <ul className={styles.list}>
      {remarks.map((remark) => (
        <li key={remark.id}>
          <Avatar id={remark.author.id} name={remark.author.name} />
          <div>
            <p className="gx-s12">
              <b>{remark.author.name}</b> <RelativeTime value={remark.at} className="gx-3" />
            </p>
            <p className={styles.words}>{withNames(remark)}</p>
          </div>
          {remark.mine && (
            <Button
              type="text"
              size="small"
              icon={<Icon as={X} size={14} />}
              aria-label={t("remove")}
              onClick={() => remove.mutate(remark.id, { onError: (error) => say(error) })}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

/** The names of those who were called stand out. */
function withNames({ body, mentions }: Remark) {
  const names = mentions.map(({ name }) => `@${name}`).filter((name) => name.length > 1);
  if (names.length === 0) return body;
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return body.split(new RegExp(`(${escaped.join("|")})`)).map((part, index) =>
    names.includes(part) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, in their order
      <span key={index} className="gx-link">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
