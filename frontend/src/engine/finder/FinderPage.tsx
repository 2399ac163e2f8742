/**
 * Finding the duplicates of one object: start, progress, and the queue of what was found.
 *
 * How it works: the search runs on the server; the page asks for its state while it runs and for the queue once it is
 * done. Merging goes through the same action as everywhere.
 */
import { Alert, Button, Progress, Select, Skeleton } from "antd";
import { Copy, Merge, SearchX } from "lucide-react";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import type { ObjectSchema } from "@/api/types";
import { useObject } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Empty, Icon, lazyDialog, PageHeader, problemText, Tabs, useFormat, usePageTitle } from "@/kit";
import { listPath } from "../records/paths";
import { ClusterCard } from "./ClusterCard";
import styles from "./finder.module.css";
import { useT } from "./messages";
import { type Latest, type QueueState, type Run, useClusters, useLatestRun, useStartRun } from "./queries";

const BulkMerge = lazyDialog(() => import("./BulkMerge").then((m) => m.BulkMerge));

export function FinderPage() {
  const object = useObject(useParams().object);
  if (!object) return <Empty page icon={SearchX} title="404" />;
  return <OfObject key={object.key} object={object} />;
}

function OfObject({ object }: { object: ObjectSchema }) {
  const t = useT();
  const label = useLabel();
  const navigate = useNavigate();
  const name = label(object.label_plural);
  const latest = useLatestRun(object.key);
  const [merging, setMerging] = useState(false);
  usePageTitle(t("title", { name }));
  const run = latest.data?.data;
  return (
    <div className={styles.page}>
      <PageHeader
        title={t("title", { name })}
        sub={t("sub", { name })}
        onBack={() => navigate(listPath(object.key))}
        actions={
          run?.state === "done" &&
          latest.data?.can_merge_all &&
          run.clusters > 0 && (
            <Button icon={<Icon as={Merge} />} onClick={() => setMerging(true)}>
              {t("bulk")}
            </Button>
          )
        }
      />
      <div className={styles.body}>
        {latest.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
        {latest.isError && <Alert type="error" showIcon title={problemText(latest.error)} />}
        {latest.data && <State object={object} latest={latest.data} />}
        {run?.state === "done" && <Queue object={object} run={run} />}
      </div>
      <BulkMerge object={object.key} open={merging} onClose={() => setMerging(false)} />
    </div>
  );
}

/** How the latest search stands, and the way to start another. */
function State({ object, latest }: { object: ObjectSchema; latest: Latest }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const { data: run } = latest;
  const [rule, setRule] = useState(run?.rule ?? latest.default_rule);
  const start = useStartRun(object.key);
  const working = run?.state === "queued" || run?.state === "running";
  const tools = latest.can_run && !working && (
    <div className={styles.tools}>
      <Select
        value={rule}
        onChange={setRule}
        aria-label={t("rule")}
        options={latest.rules.map((each) => ({ value: each.key, label: label(each.label) }))}
      />
      <Button type={run ? "default" : "primary"} loading={start.isPending} onClick={() => start.mutate(rule)}>
        {run ? t("again") : t("start")}
      </Button>
    </div>
  );
  if (!run) {
    return (
      <Empty icon={Copy} title={t("never")} actions={tools}>
        {latest.can_run ? t("never_body") : t("never_member")}
      </Empty>
    );
  }
  const bulk = run.merging;
  return (
    <>
      <div className={styles.state} aria-live="polite">
        {working && (
          <div className={styles.progress}>
            <span>{run.records ? t("running", { n: format.number(run.records) }) : t("queued")}</span>
            <Progress percent={Math.round(run.progress * 100)} status="active" />
          </div>
        )}
        {run.state === "done" && (
          <span className="gx-2">
            {t("found", {
              records: format.number(run.records),
              clusters: format.number(run.clusters),
              when: format.relative(run.finished_at ?? run.created_at),
            })}
          </span>
        )}
        {tools}
      </div>
      {run.state === "failed" && (
        <Alert type="error" showIcon title={t("failed")} description={run.error && label(run.error)} />
      )}
      {run.state === "done" && !!run.capped.blocks && (
        <Alert
          type="info"
          showIcon
          title={t("capped", {
            n: format.number(run.capped.blocks),
            largest: format.number(run.capped.largest_block ?? 0),
          })}
        />
      )}
      {bulk && (
        <Alert
          type={bulk.state === "running" ? "info" : "success"}
          showIcon
          title={t(bulk.state === "running" ? "bulk_running" : "bulk_done", {
            done: format.number(bulk.done),
            total: format.number(bulk.total),
            refused: format.number(bulk.refused),
          })}
          action={
            bulk.state !== "running" &&
            bulk.done > 0 && (
              <Link to="/changes">
                <Button size="small">{t("bulk_undo")}</Button>
              </Link>
            )
          }
        />
      )}
    </>
  );
}

function Queue({ object, run }: { object: ObjectSchema; run: Run }) {
  const t = useT();
  const items = (["open", "later"] as const).map((state) => ({
    key: state,
    label: t(`tab.${state}`),
    children: <Clusters object={object} run={run} state={state} />,
  }));
  return <Tabs label={t("open")} items={items} />;
}

function Clusters({ object, run, state }: { object: ObjectSchema; run: Run; state: QueueState }) {
  const t = useT();
  const found = useClusters(object.key, state, run);
  const clusters = found.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <div className={styles.queue}>
      {found.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {found.isError && <Alert type="error" showIcon title={problemText(found.error)} />}
      {found.isSuccess && clusters.length === 0 && (
        <Empty icon={Copy} title={t(state === "open" ? "empty" : "empty_later")}>
          {state === "open" ? t("empty_body") : null}
        </Empty>
      )}
      {clusters.map((cluster) => (
        <ClusterCard key={cluster.id} object={object} cluster={cluster} />
      ))}
      {found.hasNextPage && (
        <Button type="text" block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </div>
  );
}
