import { Button, Segmented, Skeleton } from "antd";
import { Bell } from "lucide-react";
import { useState } from "react";
import type { Notice } from "@/api";
import { Empty, PageHeader, usePageTitle } from "@/kit";
import { notificationsMessages } from "./locales";
import { NoticeRow } from "./NoticeRow";
import styles from "./notifications.module.css";
import { useMarkRead, useNoticeList, useUnreadCount } from "./queries";

export function MessagesPage() {
  const t = notificationsMessages.useT();
  const [unreadOnly, setUnreadOnly] = useState(false);
  const list = useNoticeList(unreadOnly);
  const unread = useUnreadCount();
  const markRead = useMarkRead();
  usePageTitle(t("title"));
  const rows = list.data?.pages.flatMap((page) => page.data) ?? [];
  const opened = (notice: Notice) => !notice.read && markRead.mutate({ ids: [notice.id] });
  return (
    <>
      <PageHeader
        title={t("title")}
        count={unread || undefined}
        actions={
          <>
            <Segmented
              value={unreadOnly}
              onChange={setUnreadOnly}
              options={[
                { value: false, label: t("all") },
                { value: true, label: t("unread") },
              ]}
            />
            <Button disabled={unread === 0} onClick={() => markRead.mutate({ all: true })}>
              {t("readAll")}
            </Button>
          </>
        }
      />
      <div className={styles.page}>
        {list.isPending && <Skeleton active title={false} paragraph={{ rows: 8 }} className={styles.skeleton} />}
        {rows.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} onOpen={opened} />
        ))}
        {list.hasNextPage && (
          <Button type="text" block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("more")}
          </Button>
        )}
        {list.isSuccess && rows.length === 0 && (
          <Empty icon={Bell} title={t("empty")}>
            {t("emptyHint")}
          </Empty>
        )}
      </div>
    </>
  );
}
