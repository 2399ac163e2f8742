/** The frame of a page of insight: its title, and what stands there while there is nothing to tell. */
import { Skeleton } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { Empty, PageHeader, problemText, usePageTitle } from "@/kit";
import styles from "./insight.module.css";
import { useT } from "./messages";

interface Props {
  title: string;
  icon: Parameters<typeof Empty>[0]["icon"];
  /** What insight would tell here, where it is switched off; and the heading where something is missing. */
  off: string;
  none: string;
  asked: { data?: { is_on: boolean; missing: string | null }; error: Error | null; isPending: boolean };
  children: ReactNode;
}

export function InsightFrame({ title, icon, off, none, asked, children }: Props) {
  const t = useT();
  const { data, error, isPending } = asked;
  usePageTitle(title);
  return (
    <>
      <PageHeader
        title={title}
        actions={
          <Link to="/insight" className="gx-link">
            {t("page")}
          </Link>
        }
      />
      <div className={styles.page}>
        {isPending && <Skeleton active title={false} paragraph={{ rows: 10 }} />}
        {error && !data && <Empty title={problemText(error)} />}
        {data && !data.is_on && (
          <Empty icon={icon} title={t("off")}>
            {off}
          </Empty>
        )}
        {data?.is_on && data.missing && (
          <Empty icon={icon} title={none}>
            {data.missing}
          </Empty>
        )}
        {data?.is_on && !data.missing && children}
      </div>
    </>
  );
}
