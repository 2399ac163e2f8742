import { App, Input, Segmented, Select } from "antd";
import { useState } from "react";
import type { Label } from "@/api";
import { useSchema } from "@/api/useSchema";
import { EditorDrawer } from "@/engine/settings/rules/EditorDrawer";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { ConsentsEdit } from "./ConsentsEdit";
import { FieldsEdit } from "./FieldsEdit";
import styles from "./forms.module.css";
import { LotteryEdit } from "./LotteryEdit";
import { useT } from "./messages";
import { bodyOf, CONTACTS, type FormBody, type Kind, NAMES, NEW_FORM, type Setup, type WebForm } from "./model";
import { QuestionsEdit } from "./QuestionsEdit";
import { useFormChanges } from "./queries";

interface Props {
  form: WebForm | null;
  setup: Setup;
  onClose: () => void;
  onMade: (made: WebForm) => void;
}

/** What a form says, asks, and where it may stand. */
export function FormDrawer({ form, setup, onClose, onMade }: Props) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { message } = App.useApp();
  const { save } = useFormChanges();
  const [body, setBody] = useState<FormBody>(() => (form ? bodyOf(form) : NEW_FORM));
  const set = (patch: Partial<FormBody>) => setBody({ ...body, ...patch });
  const sources =
    useSchema()
      .byKey.get("lead")
      ?.fields.find((field) => field.key === "source")?.options ?? [];
  const requires = (keys: string[]) => body.fields.some((field) => field.required && keys.includes(field.key));
  const whole =
    body.kind === "survey"
      ? body.questions.length > 0
      : body.kind !== "lottery" || (body.prizes.length > 0 && requires(CONTACTS));
  const submit = () =>
    save.mutate(
      { form, body },
      {
        onSuccess: (made) => {
          void message.success(t("saved"));
          onClose();
          if (!form) onMade(made);
        },
        onError: (error) => say(error),
      },
    );
  return (
    <EditorDrawer
      open
      title={t(form ? "edit" : "new")}
      busy={save.isPending}
      ready={body.name.trim() !== "" && requires(NAMES) && whole}
      failing={0}
      onClose={onClose}
      onSave={submit}
    >
      <div className={styles.label}>
        {t("name")}
        <Input
          aria-label={t("name")}
          placeholder={t("name_hint")}
          maxLength={120}
          value={body.name}
          onChange={(event) => set({ name: event.target.value })}
        />
      </div>
      <div className={styles.label}>
        {t("kind")}
        <div>
          <Segmented<Kind>
            aria-label={t("kind")}
            value={body.kind}
            options={(["lead", "survey", "lottery"] as const).map((kind) => ({
              value: kind,
              label: t(`kind_${kind}`),
            }))}
            onChange={(kind) => set({ kind })}
          />
        </div>
      </div>
      {body.kind === "lottery" && (
        <LotteryEdit
          prizes={body.prizes}
          closesAt={body.closes_at}
          lacksContact={!requires(CONTACTS)}
          onChange={(patch) => set(patch)}
        />
      )}
      <section>
        <h3>{t("texts")}</h3>
        <p className="gx-3 gx-s12">{t("texts_hint")}</p>
        <Both name="title" value={body.title} most={200} onChange={(title) => set({ title })} />
        <Both name="intro" value={body.intro} most={2000} long onChange={(intro) => set({ intro })} />
        <Both name="thanks" value={body.thanks} most={2000} long onChange={(thanks) => set({ thanks })} />
      </section>
      <FieldsEdit controls={setup.fields} fields={body.fields} onChange={(fields) => set({ fields })} />
      {(body.kind !== "lead" || body.questions.length > 0) && (
        <QuestionsEdit questions={body.questions} onChange={(questions) => set({ questions })} />
      )}
      <ConsentsEdit purposes={setup.purposes} consents={body.consents} onChange={(consents) => set({ consents })} />
      <section>
        <h3>{t("origin")}</h3>
        <div className={styles.two}>
          <div className={styles.label}>
            {t("source")}
            <Select
              aria-label={t("source")}
              value={body.source}
              options={[
                { value: "", label: t("source_none") },
                ...sources.map((option) => ({ value: option.value, label: label(option.label) })),
              ]}
              onChange={(source) => set({ source })}
            />
          </div>
          <div className={styles.label}>
            {t("campaign")}
            <Input
              aria-label={t("campaign")}
              maxLength={200}
              value={body.campaign}
              onChange={(event) => set({ campaign: event.target.value })}
            />
          </div>
        </div>
      </section>
      <section>
        <h3>{t("hosts")}</h3>
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          style={{ width: "100%" }}
          aria-label={t("hosts")}
          placeholder="www.example.com"
          tokenSeparators={[",", " ", "，"]}
          value={body.hosts}
          onChange={(hosts) => set({ hosts })}
        />
        <p className="gx-3 gx-s12">{t("hosts_hint")}</p>
      </section>
    </EditorDrawer>
  );
}

interface BothProps {
  name: "title" | "intro" | "thanks";
  value: Label;
  most: number;
  long?: boolean;
  onChange: (value: Label) => void;
}

/** A text in both languages. */
function Both({ name, value, most, long = false, onChange }: BothProps) {
  const t = useT();
  return (
    <div className={styles.two}>
      {(["zh-CN", "en"] as const).map((locale) => {
        const text = t(`${name}_${locale === "en" ? "en" : "zh"}`);
        const shared = {
          "aria-label": text,
          maxLength: most,
          placeholder: name === "thanks" ? t("thanks_hint") : undefined,
          value: value[locale] ?? "",
          onChange: (event: { target: { value: string } }) => onChange({ ...value, [locale]: event.target.value }),
        };
        return (
          <div key={locale} className={styles.label}>
            {text}
            {long ? <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} {...shared} /> : <Input {...shared} />}
          </div>
        );
      })}
    </div>
  );
}
