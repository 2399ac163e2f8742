/** A dashboard while it is being changed: a draft with its figures, which only saving writes. */
import { Alert, App, Button } from "antd";
import { LayoutDashboard, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { useLabel } from "@/i18n";
import { Empty, Icon, PageHeader, useIsPhone, usePageTitle, useProblem } from "@/kit";
import styles from "../dashboards.module.css";
import { FilterBar } from "../FilterBar";
import { compact, freePlace } from "../grid";
import { useT } from "../messages";
import { useDashboardMutations, usePreview } from "../queries";
import type { Dashboard, DashboardDefinition, Widget } from "../types";
import { AddWidget, type NewWidget } from "./AddWidget";
import { EditGrid } from "./EditGrid";
import { SaveDialog } from "./SaveDialog";
import { WidgetSettings } from "./WidgetSettings";

interface Props {
  /** The one that is changed; null for a new one. */
  dashboard: Dashboard | null;
  onDone: () => void;
}

const MOST = 12;
const BLANK: DashboardDefinition = { widgets: [], filters: { period: "this_month", owner: null, team: null } };
const SIZES = { figure: { w: 3, h: 2 }, report: { w: 6, h: 7 } } as const;

export function Editor({ dashboard, onDone }: Props) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const navigate = useNavigate();
  const narrow = useIsPhone();
  const { modal } = App.useApp();
  const { create, update } = useDashboardMutations();
  const start = dashboard?.definition ?? BLANK;
  const [draft, setDraft] = useState<DashboardDefinition>(() => ({ ...start, widgets: compact(start.widgets) }));
  const [adding, setAdding] = useState(false);
  const [naming, setNaming] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const figures = usePreview(draft, draft.widgets.length > 0);
  const counted = useMemo(() => new Map(figures.data?.data.map((each) => [each.id, each])), [figures.data]);
  const name = dashboard ? label(dashboard.name) : t("own_name");
  const own = dashboard?.mine && !dashboard.locked;
  const dirty = JSON.stringify({ ...start, widgets: compact(start.widgets) }) !== JSON.stringify(draft);
  const widget = draft.widgets.find((each) => each.id === chosen);
  usePageTitle(name);
  const setWidgets = (widgets: Widget[]) => setDraft((before) => ({ ...before, widgets }));
  const add = (made: NewWidget) => {
    const size = made.chart === "number" || made.kind === "figure" ? SIZES.figure : SIZES.report;
    const { chart, ...rest } = made;
    const id = `w${Date.now().toString(36)}`;
    setWidgets([...draft.widgets, { ...rest, id, ...freePlace(draft.widgets, size) }]);
    setAdding(false);
  };
  const save = () => {
    if (!dashboard || !own) return setNaming(true);
    update.mutate({ dashboard, patch: { definition: draft } }, { onSuccess: onDone, onError: (error) => say(error) });
  };
  const leave = () => {
    if (!dirty) return onDone();
    modal.confirm({
      title: t("leave_ask"),
      okText: t("leave"),
      okButtonProps: { danger: true, type: "default" },
      icon: null,
      onOk: onDone,
    });
  };
  return (
    <div className={styles.page}>
      <PageHeader
        title={name}
        sub={dirty ? t("unsaved") : undefined}
        actions={
          <>
            <Button
              icon={<Icon as={Plus} />}
              disabled={draft.widgets.length >= MOST}
              title={draft.widgets.length >= MOST ? t("widget.full") : undefined}
              onClick={() => setAdding(true)}
            >
              {t("widget.add")}
            </Button>
            <Button onClick={leave}>{t("cancel")}</Button>
            <Button type="primary" loading={update.isPending} disabled={Boolean(own) && !dirty} onClick={save}>
              {t("save")}
            </Button>
          </>
        }
      />
      <FilterBar value={draft.filters} onChange={(filters) => setDraft({ ...draft, filters })} />
      <div className={styles.scroller}>
        {dashboard && !own && <Alert type="info" showIcon title={t("builtin_note")} className={styles.note} />}
        {draft.widgets.length === 0 ? (
          <Empty
            icon={LayoutDashboard}
            title={t("empty.title")}
            actions={<Button onClick={() => setAdding(true)}>{t("widget.add")}</Button>}
          >
            {t("empty.text")}
          </Empty>
        ) : (
          <EditGrid
            widgets={draft.widgets}
            counted={counted}
            stacked={narrow}
            onChange={setWidgets}
            onSettings={setChosen}
            onRemove={(id) => setWidgets(compact(draft.widgets.filter((each) => each.id !== id)))}
          />
        )}
      </div>
      <AddWidget open={adding} onClose={() => setAdding(false)} onAdd={add} />
      <WidgetSettings
        widget={widget}
        counted={widget && counted.get(widget.id)}
        onClose={() => setChosen(null)}
        onChange={(next) => {
          setWidgets(draft.widgets.map((each) => (each.id === next.id ? next : each)));
          setChosen(null);
        }}
      />
      <SaveDialog
        open={naming}
        title={dashboard ? t("copy") : t("new")}
        first={{ name: dashboard ? t("copy_of", { name }).slice(0, 80) : "", scope: "personal" }}
        onClose={() => setNaming(false)}
        onSave={async (values) => {
          const made = await create.mutateAsync({ ...values, definition: draft });
          onDone();
          navigate(`/dashboards/${made.id}`);
        }}
      />
    </div>
  );
}
