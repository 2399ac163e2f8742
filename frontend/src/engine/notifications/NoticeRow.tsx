import { Link } from "react-router";
import type { Notice } from "@/api";
import { Icon, RelativeTime } from "@/kit";
import { noticeIcon } from "./notice-icon";
import styles from "./notifications.module.css";

interface Props {
  notice: Notice;
  onOpen: (notice: Notice) => void;
}

/** Only paths of our own are followed: a notice carries a place in this app. */
function isOwnPath(url: string | null): url is string {
  return url?.startsWith("/") === true && !url.startsWith("//");
}

export function NoticeRow({ notice, onOpen }: Props) {
  const inside = (
    <>
      <span className={styles.glyph}>
        <Icon as={noticeIcon(notice.kind)} />
      </span>
      <span className={styles.text}>
        <span className={styles.title}>{notice.title}</span>
        {notice.body && <span className={styles.body}>{notice.body}</span>}
      </span>
      <RelativeTime value={notice.at} className={styles.time} />
      <span className={styles.dot} data-unread={!notice.read || undefined} />
    </>
  );
  if (isOwnPath(notice.url)) {
    return (
      <Link className={styles.row} to={notice.url} onClick={() => onOpen(notice)}>
        {inside}
      </Link>
    );
  }
  return (
    <button type="button" className={styles.row} onClick={() => onOpen(notice)}>
      {inside}
    </button>
  );
}
