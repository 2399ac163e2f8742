/**
 * Reports side by side, under one filter bar.
 *
 * How it works: the address says which dashboard and how it is filtered, so that a copied link opens the same page.
 * While it is being changed a draft stands in its place, and only saving writes. What is ready-made is saved as a copy.
 */

import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { LayoutDashboard, Maximize2, Minimize2, Pencil, RefreshCw, TriangleAlert } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useLabel } from "@/i18n";
import { Empty, Icon, lazyPart, PageHeader, problemText, useFormat, usePageTitle } from "@/kit";
import { usePersisted } from "../views/usePersisted";
import { DashboardSelect } from "./DashboardSelect";
import styles from "./dashboards.module.css";
import { FilterBar } from "./FilterBar";
import { useT } from "./messages";
import { readFilters, writeFilters } from "./periods";
import { dashboardsQuery, useFigures } from "./queries";
import type { Dashboard } from "./types";
import { useDashboardMenu } from "./useDashboardMenu";
import { useFullScreen } from "./useFullScreen";
import { Widgets } from "./Widgets";

const Editor = lazyPart(
  async () => (await import("./edit/Editor")).Editor,
  () => <Skeleton active title={false} paragraph={{ rows: 12 }} className={styles.waiting} />,
);

/** In full screen the figures are counted anew by themselves. */
const EVERY = 60_000;

export function DashboardPage() {
  const t = useT();
  const { id } = useParams();
  const all = useQuery(dashboardsQuery);
  const [last, setLast] = usePersisted<{ id?: string }>("guanxi.dashboard", {});
  const [creating, setCreating] = useState(false);
  const found = all.data;
  const shown =
    found?.find((each) => each.id === (id ?? last.id)) ??
    (id ? undefined : (found?.find((each) => each.opens) ?? found?.[0]));
  usePageTitle(t("title"));
  useEffect(() => {
    if (id && shown && last.id !== shown.id) setLast({ id: shown.id });
  }, [id, shown, last.id, setLast]);
  if (creating) return <Editor dashboard={null} onDone={() => setCreating(false)} />;
  if (all.isError) return <Notice title={problemText(all.error)} />;
  if (!found) return <Skeleton active className={styles.waiting} paragraph={{ rows: 12 }} />;
  if (!shown)
    return (
      <Notice title={t("empty.none")} text={t("empty.none_text")}>
        <Button type="primary" onClick={() => setCreating(true)}>
          {t("new")}
        </Button>
      </Notice>
    );
  return <One key={shown.id} dashboard={shown} all={found} onCreate={() => setCreating(true)} />;
}

function Notice({ title, text, children }: { title: string; text?: string; children?: React.ReactNode }) {
  return (
    <div className={styles.page}>
      <Empty page icon={LayoutDashboard} title={title} actions={children}>
        {text}
      </Empty>
    </div>
  );
}

interface Props {
  dashboard: Dashboard;
  all: Dashboard[];
  onCreate: () => void;
}

function One({ dashboard, all, onCreate }: Props) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [editing, setEditing] = useState(false);
  const page = useRef<HTMLDivElement>(null);
  const [tv, setTv] = useFullScreen();
  const { widgets, filters: own } = dashboard.definition;
  const filters = useMemo(() => readFilters(params, own), [params, own]);
  const figures = useFigures(dashboard, filters, tv ? EVERY : false, !editing && widgets.length > 0);
  const counted = useMemo(() => new Map(figures.data?.data.map((each) => [each.id, each])), [figures.data]);
  const { menu, dialog } = useDashboardMenu(dashboard, { onCreate });
  usePageTitle(label(dashboard.name));
  if (editing) return <Editor dashboard={dashboard} onDone={() => setEditing(false)} />;
  const asOf = figures.data && !figures.isError && (
    <span className={styles.fresh} aria-live="off">
      {t("as_of", { time: format.time(figures.data.as_of) })}
    </span>
  );
  const changed = writeFilters(new URLSearchParams(), filters, own).size > 0;
  return (
    <div ref={page} className={[styles.page, tv ? styles.tv : ""].join(" ")}>
      <PageHeader
        title={
          tv ? (
            label(dashboard.name)
          ) : (
            <DashboardSelect all={all} value={dashboard} onChange={(next) => navigate(`/dashboards/${next}`)} />
          )
        }
        actions={
          <>
            {asOf}
            <Button
              type="text"
              aria-label={t("refresh")}
              title={t("refresh")}
              loading={figures.isFetching}
              icon={<Icon as={RefreshCw} />}
              onClick={() => void figures.refetch()}
            />
            <Button
              type="text"
              aria-label={t(tv ? "tv_leave" : "tv")}
              title={t(tv ? "tv_leave" : "tv")}
              icon={<Icon as={tv ? Minimize2 : Maximize2} />}
              onClick={() => setTv(!tv)}
            />
            {!tv && (
              <>
                <Button className={styles.edit} icon={<Icon as={Pencil} />} onClick={() => setEditing(true)}>
                  {t("edit")}
                </Button>
                {menu}
              </>
            )}
          </>
        }
      />
      {!tv && (
        <FilterBar
          value={filters}
          onChange={(next) => setParams((before) => writeFilters(before, next, own), { replace: true })}
          onReset={changed ? () => setParams(new URLSearchParams(), { replace: true }) : undefined}
        />
      )}
      <div className={styles.scroller}>
        {figures.isError && (
          <Empty
            icon={TriangleAlert}
            title={t("failed")}
            actions={<Button onClick={() => void figures.refetch()}>{t("again")}</Button>}
          >
            {problemText(figures.error)}
          </Empty>
        )}
        {widgets.length === 0 ? (
          <Empty icon={LayoutDashboard} title={t("empty.title")}>
            {t("empty.text")}
          </Empty>
        ) : (
          <Widgets widgets={widgets} counted={counted} failed={figures.isError} />
        )}
      </div>
      {dialog}
    </div>
  );
}
