import { App, Checkbox, InputNumber, Segmented, Select } from "antd";
import { useState } from "react";
import { useSchema } from "@/api/useSchema";
import { EditorDrawer } from "@/engine/settings/rules/EditorDrawer";
import { FilterBuilder } from "@/engine/views/filter/FilterBuilder";
import { bothNames, useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import styles from "./assignment.module.css";
import { useT } from "./messages";
import { type Method, NEW_RULE, type Rule, type RuleBody, type Setup } from "./model";
import { NameFields } from "./NameFields";
import { useSetupChanges } from "./queries";
import { TargetsEditor } from "./TargetsEditor";

const METHODS: Method[] = ["turns", "fewest", "queue"];
const CHECKS = ["past_owner", "territory", "in_hours"] as const;

/** Which leads, to whom, how, and what else is looked at. */
export function RuleDrawer({ rule, setup, onClose }: { rule: Rule | null; setup: Setup; onClose: () => void }) {
  const t = useT();
  const say = useProblem();
  const { message } = App.useApp();
  const lead = useSchema().byKey.get("lead");
  const { rule: save } = useSetupChanges();
  const [body, setBody] = useState<RuleBody>(() => (rule ? bodyOf(rule) : NEW_RULE));
  const set = (patch: Partial<RuleBody>) => setBody({ ...body, ...patch });
  const name = bothNames(body.name);
  const placed = body.method === "queue" ? body.queue_id !== null : body.targets.length > 0;
  const submit = () =>
    save.mutate(
      { rule, body: { ...body, name } },
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
      title={t(rule ? "rule_edit" : "rule_new")}
      busy={save.isPending}
      ready={name.en !== "" && placed}
      failing={0}
      onClose={onClose}
      onSave={submit}
    >
      <NameFields name={body.name} onChange={(name) => set({ name })} />
      <section>
        <h3>{t("which")}</h3>
        {lead && <FilterBuilder object={lead} filter={body.filter} onChange={(filter) => set({ filter })} />}
      </section>
      <section>
        <h3>{t("how")}</h3>
        <Segmented<Method>
          value={body.method}
          options={METHODS.map((value) => ({ value, label: t(`method.${value}`) }))}
          onChange={(method) => set({ method })}
        />
        <p className="gx-3 gx-s12">{t(`method_hint.${body.method}`)}</p>
      </section>
      {body.method === "queue" ? (
        <QueueSelect setup={setup} value={body.queue_id} onChange={(queue_id) => set({ queue_id })} />
      ) : (
        <>
          <section>
            <h3>{t("who")}</h3>
            <TargetsEditor
              weighted
              targets={body.targets}
              names={setup.names}
              onChange={(targets) => set({ targets })}
            />
          </section>
          <section className={styles.checks}>
            <h3>{t("more")}</h3>
            {CHECKS.map((key) => (
              <Checkbox key={key} checked={body[key]} onChange={(event) => set({ [key]: event.target.checked })}>
                {t(key)}
              </Checkbox>
            ))}
            <SkillSelect value={body.skill_field} onChange={(skill_field) => set({ skill_field })} />
            <div className={styles.label}>
              {t("accept")}
              <InputNumber
                aria-label={t("accept")}
                min={1}
                max={10080}
                style={{ width: 260 }}
                placeholder={t("accept_off")}
                suffix={t("minutes")}
                value={body.accept_minutes}
                onChange={(accept_minutes) => set({ accept_minutes })}
              />
            </div>
          </section>
        </>
      )}
    </EditorDrawer>
  );
}

function bodyOf({ id, version, broken, ...body }: Rule): RuleBody {
  return body;
}

function QueueSelect({
  setup,
  value,
  onChange,
}: {
  setup: Setup;
  value: string | null;
  onChange: (id: string) => void;
}) {
  const t = useT();
  const label = useLabel();
  return (
    <Select
      style={{ width: "100%" }}
      aria-label={t("choose_queue")}
      placeholder={t("choose_queue")}
      value={value ?? undefined}
      options={setup.queues.map((each) => ({ value: each.id, label: label(each.name) }))}
      onChange={onChange}
    />
  );
}

/** Fields with choices: what somebody is good at is a list of their values. */
function SkillSelect({ value, onChange }: { value: string; onChange: (key: string) => void }) {
  const t = useT();
  const label = useLabel();
  const fields = useSchema().byKey.get("lead")?.fields ?? [];
  const choices = fields.filter((field) => field.type === "select" && field.key !== "status" && !field.readonly);
  return (
    <div className={styles.label}>
      {t("skill")}
      <Select
        style={{ width: 260 }}
        aria-label={t("skill")}
        value={value}
        options={[
          { value: "", label: t("skill_none") },
          ...choices.map((field) => ({ value: field.key, label: label(field.label) })),
        ]}
        onChange={onChange}
      />
    </div>
  );
}
