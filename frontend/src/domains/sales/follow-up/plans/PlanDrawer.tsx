import { App, Checkbox, Input, Select } from "antd";
import { useState } from "react";
import type { Label } from "@/api";
import { useSchema } from "@/api/useSchema";
import { EditorDrawer } from "@/engine/settings/rules/EditorDrawer";
import { FilterBuilder } from "@/engine/views/filter/FilterBuilder";
import { bothNames, useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { Fitting } from "./Fitting";
import { useT } from "./messages";
import styles from "./plans.module.css";
import { NEW_PLAN, OBJECTS, type Plan, type PlanBody, usePlanChanges } from "./queries";
import { StepsEdit } from "./StepsEdit";

/** For whom, what on which day, and when it stops. */
export function PlanDrawer({ plan, onClose }: { plan: Plan | null; onClose: () => void }) {
  const t = useT();
  const say = useProblem();
  const label = useLabel();
  const { message } = App.useApp();
  const { byKey } = useSchema();
  const { save } = usePlanChanges();
  const [body, setBody] = useState<PlanBody>(() => (plan ? bodyOf(plan) : NEW_PLAN));
  const set = (patch: Partial<PlanBody>) => setBody((before) => ({ ...before, ...patch }));
  const object = byKey.get(body.object);
  const name = bothNames(body.name);
  const steps = [...body.steps]
    .sort((a, b) => a.day - b.day)
    .map((step) => ({ ...step, subject: bothNames(step.subject) }));
  const ready = name.en !== "" && steps.length > 0 && steps.every((step) => step.subject.en !== "");
  const submit = () =>
    save.mutate(
      { plan, body: { ...body, name, steps } },
      {
        onSuccess: () => {
          void message.success(t("saved"));
          onClose();
        },
        onError: (error) => say(error),
      },
    );
  return (
    <EditorDrawer
      open
      title={t(plan ? "edit" : "new")}
      busy={save.isPending}
      ready={ready}
      failing={0}
      onClose={onClose}
      onSave={submit}
    >
      <Names name={body.name} onChange={(changed) => set({ name: changed })} />
      <section>
        <h3>{t("which")}</h3>
        <Select
          aria-label={t("object")}
          style={{ width: 200, marginBottom: 8 }}
          disabled={plan !== null}
          value={body.object}
          options={OBJECTS.filter((key) => byKey.has(key)).map((key) => ({
            value: key,
            label: label(byKey.get(key)?.label),
          }))}
          onChange={(key) => set({ object: key, condition: null })}
        />
        {object && (
          <FilterBuilder object={object} filter={body.condition} onChange={(condition) => set({ condition })} />
        )}
        <p className="gx-3 gx-s12">
          <Fitting object={body.object} condition={body.condition} />
        </p>
      </section>
      <section>
        <h3>{t("steps")}</h3>
        <StepsEdit steps={body.steps} onChange={(changed) => set({ steps: changed })} />
      </section>
      <section className={styles.checks}>
        <h3>{t("more")}</h3>
        <Checkbox checked={body.stops_on_contact} onChange={(event) => set({ stops_on_contact: event.target.checked })}>
          {t("stops")}
        </Checkbox>
        <Checkbox checked={body.workdays} onChange={(event) => set({ workdays: event.target.checked })}>
          {t("workdays")}
        </Checkbox>
      </section>
    </EditorDrawer>
  );
}

function bodyOf({ id, enabled, version, running, broken, ...body }: Plan): PlanBody {
  const filled = (name: Label) => ({ "zh-CN": name["zh-CN"] ?? "", en: name.en ?? "" });
  return {
    ...body,
    name: filled(body.name),
    steps: body.steps.map((step) => ({ ...step, subject: filled(step.subject) })),
  };
}

function Names({ name, onChange }: { name: Label; onChange: (name: Label) => void }) {
  const t = useT();
  return (
    <div className={styles.two}>
      {(["zh-CN", "en"] as const).map((locale) => {
        const text = t(locale === "en" ? "name_en" : "name_zh");
        return (
          <div key={locale} className={styles.label}>
            {text}
            <Input
              aria-label={text}
              value={name[locale]}
              maxLength={60}
              onChange={(event) => onChange({ ...name, [locale]: event.target.value })}
            />
          </div>
        );
      })}
    </div>
  );
}
