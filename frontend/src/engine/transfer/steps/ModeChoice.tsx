// biome-ignore-all lint/a11y/noLabelWithoutControl: the select inside is the control
import { Radio, Select } from "antd";
import type { ImportJob, ImportMapping, ImportOptions, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { useT } from "../messages";
import styles from "../transfer.module.css";
import type { ImportPatch } from "../useImport";

interface Props {
  object: ObjectSchema;
  job: ImportJob;
  mapping: ImportMapping;
  onChange: (options: NonNullable<ImportPatch["options"]>) => void;
}

const MODES: ImportOptions["mode"][] = ["create", "update", "upsert"];

/** Only new rows, only changes to known ones, or both; and by which field a known one is recognised. */
export function ModeChoice({ object, job, mapping, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const { mode, key } = job.options;
  const mapped = new Set(Object.values(mapping).map((entry) => (typeof entry === "string" ? entry : entry?.field)));
  const fields = object.fields.filter((field) => mapped.has(field.key));
  const best =
    fields.find((field) => field.unique) ?? fields.find((field) => field.key === object.title_field) ?? fields[0];
  const choose = (next: ImportOptions["mode"]) =>
    onChange({ mode: next, key: next === "create" ? null : (key ?? (best ? [best.key] : null)) });
  return (
    <fieldset className={styles.mode}>
      <legend>{t("mode.title")}</legend>
      <Radio.Group value={mode} onChange={(event) => choose(event.target.value)}>
        {MODES.map((each) => (
          <Radio key={each} value={each}>
            {t(`mode.${each}`)}
            <small>{t(`mode.${each}_body`)}</small>
          </Radio>
        ))}
      </Radio.Group>
      {mode !== "create" && (
        <label className={styles.key}>
          {t("mode.key")}
          <Select
            mode="multiple"
            value={key ?? []}
            onChange={(next: string[]) => onChange({ key: next.length ? next : null })}
            options={fields.map((field) => ({ value: field.key, label: label(field.label) }))}
            aria-label={t("mode.key")}
          />
        </label>
      )}
    </fieldset>
  );
}
