import { App, Button, Drawer, Input, Select, Switch } from "antd";
import { useState } from "react";
import { useSchema } from "@/api";
import { FilterBuilder } from "@/engine/views/filter/FilterBuilder";
import { useLabel } from "@/i18n";
import { useIsPhone, useProblem } from "@/kit";
import { useT } from "./messages";
import { type Overview, type Plan, type PlanBody, UNITS } from "./model";
import { usePlanChanges } from "./queries";
import styles from "./targets.module.css";

interface Props {
  plan: Plan | null;
  overview: Overview;
  onClose: (saved?: Plan) => void;
}

/** What is aimed at: the measure, the period, which records count, who is told when. */
export function PlanDrawer({ plan, overview, onClose }: Props) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const phone = useIsPhone();
  const { byKey } = useSchema();
  const { message, modal } = App.useApp();
  const { save, remove } = usePlanChanges();
  const [body, setBody] = useState<PlanBody>(() => bodyOf(plan, overview));
  const set = (patch: Partial<PlanBody>) => setBody((before) => ({ ...before, ...patch }));
  const measure = overview.measures.find((each) => each.key === body.measure);
  const object = measure?.object ? byKey.get(measure.object) : undefined;
  const submit = () =>
    save.mutate(
      { plan, body },
      {
        onSuccess: (saved) => {
          void message.success(t("saved"));
          onClose(saved);
        },
        onError: (error) => say(error),
      },
    );
  const ask = () =>
    plan &&
    modal.confirm({
      title: t("remove_ask", { name: label(plan.name) }),
      content: t("remove_body"),
      okText: t("remove"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () =>
        remove
          .mutateAsync(plan.id)
          .then(() => onClose())
          .catch((error) => say(error)),
    });
  return (
    <Drawer
      open
      destroyOnHidden
      title={t(plan ? "plan_edit" : "plan_new")}
      size={phone ? "100%" : 560}
      onClose={() => onClose()}
      footer={
        <div className={styles.footBar}>
          <span>
            {plan && (
              <Button danger type="text" onClick={ask}>
                {t("remove")}
              </Button>
            )}
          </span>
          <Button type="primary" loading={save.isPending} onClick={submit}>
            {t("save")}
          </Button>
        </div>
      }
    >
      <div className={styles.form}>
        <div className={styles.pair}>
          {(["zh-CN", "en"] as const).map((locale) => {
            const text = t(locale === "en" ? "name_en" : "name_zh");
            return (
              <div key={locale} className={styles.label}>
                {text}
                <Input
                  aria-label={text}
                  maxLength={60}
                  value={body.name[locale] ?? ""}
                  onChange={(event) => set({ name: { ...body.name, [locale]: event.target.value } })}
                />
              </div>
            );
          })}
        </div>
        <div className={styles.pair}>
          <div className={styles.label}>
            {t("measure")}
            <Select
              aria-label={t("measure")}
              value={body.measure}
              onChange={(value) => set({ measure: value, filter: null })}
              options={overview.measures.map((each) => ({ value: each.key, label: label(each.label) }))}
            />
            {measure && <p className="gx-3 gx-s12">{label(measure.help)}</p>}
          </div>
          <div className={styles.label}>
            {t("by")}
            <Select
              aria-label={t("by")}
              value={body.unit}
              onChange={(value) => set({ unit: value })}
              options={UNITS.map((value) => ({ value, label: t(`unit.${value}`) }))}
            />
          </div>
        </div>
        {object && (
          <div className={styles.label}>
            {t("filter")}
            <FilterBuilder
              key={object.key}
              object={object}
              filter={body.filter}
              onChange={(filter) => set({ filter })}
            />
          </div>
        )}
        <div className={styles.label}>
          {t("alerts")}
          <Select
            mode="tags"
            aria-label={t("alerts")}
            value={body.alerts.map(String)}
            onChange={(values) => set({ alerts: levels(values) })}
            options={["50", "90", "100"].map((value) => ({ value, label: value }))}
          />
          <p className="gx-3 gx-s12">{t("alerts_hint")}</p>
        </div>
        <Toggle
          text={t("open_board")}
          hint={t("open_board_hint")}
          on={body.open_board}
          onChange={(on) => set({ open_board: on })}
        />
        <Toggle text={t("enabled")} on={body.enabled} onChange={(on) => set({ enabled: on })} />
      </div>
    </Drawer>
  );
}

function Toggle({
  text,
  hint,
  on,
  onChange,
}: {
  text: string;
  hint?: string;
  on: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <div className={styles.footBar}>
      <div>
        {text}
        {hint && <p className="gx-3 gx-s12">{hint}</p>}
      </div>
      <Switch aria-label={text} checked={on} onChange={onChange} />
    </div>
  );
}

/** Whole percentages from 1 to 1000, each once. */
const levels = (values: readonly string[]): number[] =>
  [...new Set(values.map(Number).filter((value) => Number.isInteger(value) && value >= 1 && value <= 1000))].slice(
    0,
    10,
  );

function bodyOf(plan: Plan | null, overview: Overview): PlanBody {
  if (plan) {
    const { name, measure, unit, filter, alerts, open_board, enabled } = plan;
    return { name, measure, unit, filter, alerts, open_board, enabled };
  }
  const [first] = overview.measures;
  return {
    name: first?.label ?? { "zh-CN": "", en: "" },
    measure: first?.key ?? "",
    unit: "month",
    filter: null,
    alerts: [50, 90, 100],
    open_board: false,
    enabled: true,
  };
}
