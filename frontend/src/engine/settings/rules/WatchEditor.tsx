import { App, Checkbox, Input, InputNumber, Segmented } from "antd";
import { useState } from "react";
import type { ObjectSchema } from "@/api/types";
import { useProblem } from "@/kit";
import { FilterBuilder } from "../../views/filter/FilterBuilder";
import { EditorDrawer } from "./EditorDrawer";
import { FieldSelect } from "./FieldSelect";
import { rulesMessages } from "./messages";
import { mayBeWatched, type WatchRow } from "./model";
import { useSaveRuling } from "./queries";
import { WatchSentence } from "./RuleSentence";
import styles from "./rules.module.css";

interface Props {
  object: ObjectSchema;
  /** The rule being changed; null for a new one. */
  watch: WatchRow | null;
  onClose: () => void;
}

const LANGUAGES = ["zh-CN", "en"] as const;

/** Which change is watched for, and what follows for whom. */
export function WatchEditor({ object, watch, onClose }: Props) {
  const t = rulesMessages.useT();
  const say = useProblem();
  const { message: toast } = App.useApp();
  const save = useSaveRuling<WatchRow>(object.key, "watches");
  const [fields, setFields] = useState(watch?.fields ?? []);
  const [condition, setCondition] = useState(watch?.condition ?? null);
  const [onCreate, setOnCreate] = useState(watch?.on_create ?? false);
  const [action, setAction] = useState(watch?.action ?? "task");
  const [to, setTo] = useState(watch?.to ?? "owner");
  const [days, setDays] = useState(watch?.due_days ?? 1);
  const [message, setMessage] = useState(watch?.message ?? { "zh-CN": "", en: "" });
  const text = message["zh-CN"].trim() || message.en.trim();
  const body = {
    fields,
    condition,
    on_create: onCreate,
    action,
    to,
    due_days: days,
    message: { "zh-CN": message["zh-CN"] || text, en: message.en || text },
  };
  const whole = fields.length > 0 && text !== "";
  const submit = () =>
    save.mutate(
      { id: watch?.id, version: watch?.version, body },
      {
        onSuccess: () => {
          toast.success(t("saved"));
          onClose();
        },
        onError: (error) => say(error),
      },
    );
  return (
    <EditorDrawer
      open
      title={t(watch ? "watch_edit" : "watch_new")}
      busy={save.isPending}
      ready={whole}
      failing={0}
      onClose={onClose}
      onSave={submit}
    >
      <section>
        <h3>{t("watch_fields")}</h3>
        <FieldSelect<string[]>
          many
          object={object}
          keep={mayBeWatched}
          label={t("choose_fields")}
          value={fields}
          onChange={setFields}
        />
        <p className={styles.condition}>
          <Checkbox checked={onCreate} onChange={(event) => setOnCreate(event.target.checked)}>
            {t("watch_on_create")}
          </Checkbox>
        </p>
      </section>
      <section>
        <h3>{t("watch_condition")}</h3>
        <FilterBuilder object={object} filter={condition} onChange={setCondition} />
      </section>
      <div className={styles.two}>
        <div className={styles.label}>
          {t("do")}
          <Segmented
            value={action}
            options={(["task", "notify"] as const).map((value) => ({ value, label: t(`watch_action.${value}`) }))}
            onChange={setAction}
          />
        </div>
        <div className={styles.label}>
          {t("watch_to")}
          <Segmented
            value={to}
            options={(["owner", "manager"] as const).map((value) => ({ value, label: t(`watch_person.${value}`) }))}
            onChange={setTo}
          />
        </div>
        {LANGUAGES.map((language) => (
          <div key={language} className={styles.label}>
            {t(language === "en" ? "message_en" : "message_zh")}
            <Input
              aria-label={t(language === "en" ? "message_en" : "message_zh")}
              value={message[language]}
              maxLength={120}
              onChange={(event) => setMessage((before) => ({ ...before, [language]: event.target.value }))}
            />
          </div>
        ))}
        {action === "task" && (
          <div className={styles.label}>
            {t("watch_due")}
            <InputNumber<number>
              min={0}
              max={365}
              precision={0}
              value={days}
              suffix={t("watch_days")}
              aria-label={t("watch_due")}
              onChange={(value) => setDays(value ?? 0)}
            />
          </div>
        )}
      </div>
      {whole && (
        <div className={styles.summary}>
          <h3>{t("summary")}</h3>
          <WatchSentence object={object} watch={body} />
        </div>
      )}
    </EditorDrawer>
  );
}
