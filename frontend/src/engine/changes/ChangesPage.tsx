import { Button, Skeleton } from "antd";
import { History } from "lucide-react";
import { Empty, PageHeader, usePageTitle } from "@/kit";
import { ChangeRow } from "./ChangeRow";
import styles from "./changes.module.css";
import { changesMessages } from "./messages";
import { useChanges } from "./queries";

/** What one did in the last 30 days, each with its way back. */
export function ChangesPage() {
  const t = changesMessages.useT();
  const list = useChanges();
  const rows = list.data?.pages.flatMap((page) => page.data) ?? [];
  usePageTitle(t("page"));
  return (
    <>
      <PageHeader title={t("page")} />
      <div className={styles.page}>
        <p className={`gx-2 ${styles.body}`}>{t("page_body")}</p>
        {list.isPending && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
        {list.isSuccess && rows.length === 0 && <Empty icon={History} title={t("none")} />}
        {rows.length > 0 && (
          <ol className={styles.rows}>
            {rows.map((row) => (
              <ChangeRow key={row.id} row={row} />
            ))}
          </ol>
        )}
        {list.hasNextPage && (
          <Button type="text" block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("more")}
          </Button>
        )}
      </div>
    </>
  );
}
