import { Input } from "antd";
import { useLocale } from "@/i18n/useLabel";
import type { DesignField, FieldPatch } from "../design";
import { useT } from "../locales";
import styles from "./fields.module.css";

interface Props {
  values: DesignField;
  errors: Record<string, string>;
  isNew: boolean;
  help: boolean;
  onChange: (patch: FieldPatch) => void;
}

/** Name and help text in both languages; of a new field the other name follows the reader's until it has its own. */
export function NameInputs({ values, errors, isNew, help, onChange }: Props) {
  const t = useT();
  const leading = useLocale();
  const together = isNew && values.label["zh-CN"] === values.label.en;
  const name = (language: "zh-CN" | "en", text: string) =>
    onChange({
      label: together && language === leading ? { "zh-CN": text, en: text } : { ...values.label, [language]: text },
    });
  return (
    <>
      <div className={styles.item}>
        <span>{t("props.name")}</span>
        <div className={styles.pair}>
          {(["zh-CN", "en"] as const).map((language) => (
            <Input
              key={language}
              prefix={<span className="gx-3 gx-s12">{language === "en" ? "EN" : "中"}</span>}
              aria-label={`${t("props.name")} ${language === "en" ? "EN" : "中"}`}
              value={values.label[language]}
              maxLength={100}
              autoFocus={isNew && language === leading}
              onFocus={(event) => isNew && event.target.select()}
              status={errors.label ? "error" : undefined}
              onChange={(event) => name(language, event.target.value)}
            />
          ))}
        </div>
        {errors.label && <em>{errors.label}</em>}
      </div>
      {help && (
        <div className={styles.item}>
          <span>{t("props.help")}</span>
          <Input
            aria-label={t("props.help")}
            value={values.help?.["zh-CN"] ?? ""}
            maxLength={500}
            placeholder={t("props.helpPlaceholder")}
            onChange={(event) =>
              onChange({ help: event.target.value ? { "zh-CN": event.target.value, en: event.target.value } : null })
            }
          />
        </div>
      )}
    </>
  );
}
