import { App, Input, Segmented } from "antd";
import { useState } from "react";
import type { ObjectSchema } from "@/api/types";
import { useProblem } from "@/kit";
import { FormulaEditor } from "../../formulas";
import { FilterBuilder } from "../../views/filter/FilterBuilder";
import { EditorDrawer } from "./EditorDrawer";
import { FieldSelect } from "./FieldSelect";
import { rulesMessages } from "./messages";
import type { ValidationRow } from "./model";
import { useSaveRuling } from "./queries";
import { ValidationSentence } from "./RuleSentence";
import styles from "./rules.module.css";
import { Trial, useTrial } from "./Trial";

interface Props {
  object: ObjectSchema;
  /** The validation being changed; null for a new one. */
  check: ValidationRow | null;
  onClose: () => void;
}

const LANGUAGES = ["zh-CN", "en"] as const;

/** Which data is wrong, what is said about it and where. */
export function ValidationEditor({ object, check, onClose }: Props) {
  const t = rulesMessages.useT();
  const say = useProblem();
  const { message: toast } = App.useApp();
  const save = useSaveRuling<ValidationRow>(object.key, "validations");
  const [byFormula, setByFormula] = useState(Boolean(check?.formula));
  const [condition, setCondition] = useState(check?.condition ?? null);
  const [formula, setFormula] = useState(check?.formula ?? "");
  const [message, setMessage] = useState(check?.message ?? { "zh-CN": "", en: "" });
  const [field, setField] = useState(check?.field);
  const [severity, setSeverity] = useState(check?.severity ?? "error");
  const text = message["zh-CN"].trim() || message.en.trim();
  const stated = byFormula ? formula.trim() !== "" : condition !== null;
  const whole = stated && field !== undefined && text !== "";
  const rule = byFormula ? { condition: null, formula } : { condition, formula: "" };
  const body = { ...rule, field, severity, message: { "zh-CN": message["zh-CN"] || text, en: message.en || text } };
  const tried = stated ? { ...body, field: field ?? object.title_field, message: text || "-" } : null;
  const trial = useTrial({ object, kind: "validations", body: tried, replaces: check?.id });
  return (
    <EditorDrawer
      open
      title={t(check ? "check_edit" : "check_new")}
      busy={save.isPending}
      ready={whole}
      failing={severity === "error" ? (trial.preview?.failing?.value ?? 0) : 0}
      onClose={onClose}
      onSave={() =>
        save.mutate(
          { id: check?.id, version: check?.version, body },
          {
            onSuccess: () => {
              toast.success(t("saved"));
              onClose();
            },
            onError: (error) => say(error),
          },
        )
      }
    >
      <section>
        <Segmented
          value={byFormula ? "formula" : "condition"}
          options={[
            { value: "condition", label: t("by_condition") },
            { value: "formula", label: t("by_formula") },
          ]}
          onChange={(way) => setByFormula(way === "formula")}
        />
        <h3 className={styles.under}>{t(byFormula ? "right_when" : "wrong_when")}</h3>
        {byFormula ? (
          <>
            <FormulaEditor object={object.key} value={formula} resultType="boolean" onChange={setFormula} />
            <p className={styles.verdict}>{t("right_when_body")}</p>
          </>
        ) : (
          <FilterBuilder object={object} filter={condition} onChange={setCondition} />
        )}
      </section>
      <div className={styles.two}>
        {LANGUAGES.map((language) => (
          <div key={language} className={styles.label}>
            {t(language === "en" ? "message_en" : "message_zh")}
            <Input
              aria-label={t(language === "en" ? "message_en" : "message_zh")}
              value={message[language]}
              maxLength={300}
              onChange={(event) => setMessage((before) => ({ ...before, [language]: event.target.value }))}
            />
          </div>
        ))}
        <div className={styles.label}>
          {t("at_field")}
          <FieldSelect<string>
            object={object}
            keep={(each) => !each.system || each.key === "owner"}
            label={t("at_field")}
            value={field}
            onChange={setField}
          />
        </div>
        <div className={styles.label}>
          {t("severity")}
          <Segmented
            value={severity}
            options={(["error", "warning"] as const).map((value) => ({ value, label: t(value) }))}
            onChange={setSeverity}
          />
        </div>
      </div>
      {whole && (
        <div className={styles.summary}>
          <h3>{t("summary")}</h3>
          <ValidationSentence object={object} check={{ ...rule, field, message: body.message }} />
        </div>
      )}
      <Trial object={object} kind="validations" trial={trial} />
    </EditorDrawer>
  );
}
