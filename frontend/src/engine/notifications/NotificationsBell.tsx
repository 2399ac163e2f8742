import { Button, Popover, Skeleton } from "antd";
import { Bell } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import type { Notice } from "@/api";
import { Empty, Icon } from "@/kit";
import { notificationsMessages } from "./locales";
import { NoticeRow } from "./NoticeRow";
import styles from "./notifications.module.css";
import { useMarkRead, useNotices, useUnreadCount } from "./queries";

export function NotificationsBell({ className }: { className?: string }) {
  const t = notificationsMessages.useT();
  const unread = useUnreadCount();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      styles={{ container: { padding: 0 } }}
      content={<NoticePanel onDone={() => setOpen(false)} />}
    >
      <button
        type="button"
        className={className}
        aria-expanded={open}
        aria-label={unread ? t("bellUnread", { n: unread }) : t("bell")}
      >
        <Icon as={Bell} size={18} />
        {unread > 0 && <span className={styles.bellDot} />}
      </button>
    </Popover>
  );
}

function NoticePanel({ onDone }: { onDone: () => void }) {
  const t = notificationsMessages.useT();
  const notices = useNotices();
  const markRead = useMarkRead();
  const rows = notices.data?.data ?? [];
  const opened = (notice: Notice) => {
    if (!notice.read) markRead.mutate({ ids: [notice.id] });
    if (notice.url) onDone();
  };
  return (
    <div className={styles.panel} role="dialog" aria-label={t("title")}>
      <div className={styles.head}>
        <h2>{t("title")}</h2>
        <Button
          type="text"
          size="small"
          disabled={!notices.data?.unread_count}
          onClick={() => markRead.mutate({ all: true })}
        >
          {t("readAll")}
        </Button>
      </div>
      <div className={styles.list}>
        {notices.isPending && <Skeleton active title={false} paragraph={{ rows: 4 }} className={styles.skeleton} />}
        {rows.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} onOpen={opened} />
        ))}
        {notices.isSuccess && rows.length === 0 && (
          <Empty small title={t("empty")}>
            {t("emptyHint")}
          </Empty>
        )}
      </div>
      <Link className={styles.foot} to="/messages" onClick={onDone}>
        {t("seeAll")}
      </Link>
    </div>
  );
}
