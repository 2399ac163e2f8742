import { App, Button, Select, Skeleton } from "antd";
import { Goal, Pencil, Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useLabel } from "@/i18n";
import { Empty, Icon, PageHeader, problemText, useFormat, usePageTitle, useProblem } from "@/kit";
import { GridTable } from "./GridTable";
import { useT } from "./messages";
import type { Grid, Plan } from "./model";
import { PlanDrawer } from "./PlanDrawer";
import { useGrid, useOverview, usePlanChanges } from "./queries";
import styles from "./targets.module.css";
import { useDraft } from "./useDraft";

/** Giving out targets: which plan, which year, who how much. */
export function TargetGridPage() {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [edited, setEdited] = useState<Plan | "new" | null>(null);
  const overview = useOverview();
  const plans = overview.data?.plans ?? [];
  const plan = plans.find((each) => each.id === params.get("plan")) ?? plans[0];
  const now = Number(format.today().slice(0, 4));
  const asked = Number(params.get("year"));
  const year = asked >= 2001 && asked <= 2199 ? asked : now;
  const grid = useGrid(plan?.id, year);
  usePageTitle(t("grid"));
  const put = (key: string, value: string) =>
    setParams((before) => {
      before.set(key, value);
      return before;
    });
  const may = overview.data?.may.plans;
  return (
    <>
      <PageHeader
        title={t("grid")}
        onBack={() => navigate("/performance")}
        actions={
          may && (
            <Button icon={<Icon as={Plus} />} onClick={() => setEdited("new")}>
              {t("plan_new")}
            </Button>
          )
        }
      />
      <div className={styles.page}>
        {plan && (
          <div className={styles.toolbar}>
            <Select
              aria-label={t("plan")}
              style={{ minWidth: 180 }}
              value={plan.id}
              onChange={(value) => put("plan", value)}
              options={plans.map((each) => ({ value: each.id, label: label(each.name) }))}
            />
            <Select
              aria-label={t("year")}
              value={year}
              onChange={(value) => put("year", String(value))}
              options={[...new Set([now - 1, now, now + 1, year])]
                .sort()
                .map((value) => ({ value, label: String(value) }))}
            />
            {may && (
              <Button type="text" icon={<Icon as={Pencil} />} onClick={() => setEdited(plan)}>
                {t("plan_edit")}
              </Button>
            )}
          </div>
        )}
        {overview.error && !overview.data && <Empty title={problemText(overview.error)} />}
        {overview.data && !plan && (
          <Empty icon={Goal} title={t("none")}>
            {t("none_body")}
          </Empty>
        )}
        {grid.error && !grid.data && <Empty title={problemText(grid.error)} />}
        {(overview.isPending || (plan && grid.isPending)) && <Skeleton active title={false} paragraph={{ rows: 10 }} />}
        {grid.data && plan && <Editor key={`${plan.id}:${year}`} grid={grid.data} />}
      </div>
      {edited && overview.data && (
        <PlanDrawer
          plan={edited === "new" ? null : edited}
          overview={overview.data}
          onClose={(saved) => {
            setEdited(null);
            if (saved) put("plan", saved.id);
          }}
        />
      )}
    </>
  );
}

function Editor({ grid }: { grid: Grid }) {
  const t = useT();
  const say = useProblem();
  const { message } = App.useApp();
  const draft = useDraft(grid);
  const { cells } = usePlanChanges();
  const count = draft.cells.length;
  useEffect(() => {
    if (count === 0) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [count]);
  const save = () =>
    cells.mutate(
      { plan: grid.plan.id, cells: draft.cells },
      {
        onSuccess: () => {
          draft.forget();
          void message.success(t("saved"));
        },
        onError: (error) => say(error),
      },
    );
  return (
    <>
      <div className={styles.footBar}>
        <span className="gx-2 gx-s13">{count > 0 ? t("unsaved", { n: count }) : t("paste_hint")}</span>
        <Button disabled={count === 0} onClick={draft.forget}>
          {t("discard")}
        </Button>
        <Button type="primary" disabled={count === 0} loading={cells.isPending} onClick={save}>
          {t("save")}
        </Button>
      </div>
      <GridTable grid={grid} draft={draft} />
    </>
  );
}
