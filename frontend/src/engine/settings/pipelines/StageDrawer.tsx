import { Button, Drawer, Select } from "antd";
import { useState } from "react";
import type { ObjectSchema, StageGuide } from "@/api/types";
import { useLabel } from "@/i18n";
import { useIsPhone } from "@/kit";
import { FieldSelect } from "../rules/FieldSelect";
import type { StageDraft } from "./draft";
import { GateEdit } from "./GateEdit";
import { pipelineMessages } from "./messages";
import { ItemsEdit, TasksEdit, TwoTexts } from "./StageLists";
import styles from "./stage.module.css";

interface Props {
  object: ObjectSchema;
  stage: StageDraft;
  onApply: (guide: StageGuide) => void;
  onClose: () => void;
}

const FORECASTS = ["commit", "best_case", "pipeline", "omitted"] as const;
const BACKS = ["any", "previous", "none"] as const;
const NOTHING = { "zh-CN": "", en: "" };

/** What a stage asks of deals, and what it tells and gives those who work on them. Applied to the draft of the pipeline. */
export function StageDrawer({ object, stage, onApply, onClose }: Props) {
  const t = pipelineMessages.useT();
  const label = useLabel();
  const phone = useIsPhone();
  const [guide, setGuide] = useState<StageGuide>(() => stage.guide ?? {});
  const set = (patch: Partial<StageGuide>) => setGuide((before) => ({ ...before, ...patch }));
  const open = stage.kind === "open";
  return (
    <Drawer
      open
      onClose={onClose}
      title={t("title", { name: label(stage.name) })}
      size={phone ? "100%" : 680}
      destroyOnHidden
      footer={
        <div className={styles.footer}>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="primary" onClick={() => onApply(cleaned(guide))}>
            {t("apply")}
          </Button>
        </div>
      }
    >
      <div className={styles.editor}>
        <section>
          <h3>{t("enter")}</h3>
          <p className="gx-3 gx-s12">{t("enter_body")}</p>
          <div className={styles.label}>
            {t("required")}
            <FieldSelect<string[]>
              many
              object={object}
              value={guide.required ?? []}
              label={t("required")}
              keep={(field) => !field.readonly && field.type !== "stage" && field.type !== "sub_table"}
              onChange={(required) => set({ required })}
            />
          </div>
          <GateEdit object={object} title={t("entry")} gate={guide.entry} onChange={(entry) => set({ entry })} />
        </section>
        <section>
          <h3>{t("inside")}</h3>
          <TwoTexts
            long
            label={t("playbook")}
            hint={t("playbook_hint")}
            value={guide.playbook ?? NOTHING}
            onChange={(playbook) => set({ playbook })}
          />
          {open && <ItemsEdit items={guide.checklist ?? []} onChange={(checklist) => set({ checklist })} />}
          <TasksEdit tasks={guide.tasks ?? []} onChange={(tasks) => set({ tasks })} />
          {open && (
            <div className={styles.label}>
              {t("forecast")}
              <Select
                aria-label={t("forecast")}
                style={{ maxWidth: 260 }}
                value={guide.forecast ?? ""}
                options={[
                  { value: "", label: t("forecast_auto") },
                  ...FORECASTS.map((value) => ({ value, label: t(`forecasts.${value}`) })),
                ]}
                onChange={(forecast) => set({ forecast: forecast || undefined })}
              />
            </div>
          )}
        </section>
        <section>
          <h3>{t("leave")}</h3>
          {open && <GateEdit object={object} title={t("exit")} gate={guide.exit} onChange={(exit) => set({ exit })} />}
          <div className={styles.label}>
            {t("back")}
            <Select<(typeof BACKS)[number]>
              aria-label={t("back")}
              style={{ maxWidth: 320 }}
              value={guide.back ?? "any"}
              options={BACKS.map((value) => ({ value, label: t(`backs.${value}`) }))}
              onChange={(back) => set({ back: back === "any" ? undefined : back })}
            />
          </div>
        </section>
      </div>
    </Drawer>
  );
}

/** What says nothing is left out; one language is enough. */
function cleaned(guide: StageGuide): StageGuide {
  const says = (label: { "zh-CN": string; en: string } | undefined) =>
    Boolean(label?.["zh-CN"].trim() || label?.en.trim());
  const both = (label: { "zh-CN": string; en: string }) => ({
    "zh-CN": label["zh-CN"].trim() || label.en.trim(),
    en: label.en.trim() || label["zh-CN"].trim(),
  });
  const gate = (given: StageGuide["entry"]) =>
    given?.filter
      ? { filter: given.filter, ...(given.message && says(given.message) ? { message: both(given.message) } : {}) }
      : undefined;
  const found: StageGuide = {
    ...guide,
    entry: gate(guide.entry),
    exit: gate(guide.exit),
    playbook: guide.playbook && says(guide.playbook) ? both(guide.playbook) : undefined,
    checklist: guide.checklist?.filter((item) => says(item.name)).map((item) => ({ ...item, name: both(item.name) })),
    tasks: guide.tasks?.filter((task) => says(task.subject)).map((task) => ({ ...task, subject: both(task.subject) })),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as StageGuide;
}
