import { Button, Input } from "antd";
import type { ImportJob, ImportMapping, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { useT } from "../messages";
import styles from "../transfer.module.css";

interface Props {
  object: ObjectSchema;
  job: ImportJob;
  value: string;
  onChange: (template: string) => void;
}

const fieldOf = (entry: ImportMapping[string]): string | undefined =>
  typeof entry === "string" ? entry : entry?.field;

/** A name made of the records a row points to: a deal without a name is its product and its customer. */
export function suggestTitle(object: ObjectSchema, job: ImportJob): string {
  if (!wantsTitle(object, job.mapping)) return "";
  return job.columns
    .filter((column) => {
      const field = object.fields.find((each) => each.key === fieldOf(job.mapping[String(column.index)] ?? null));
      return column.header && field?.type === "link";
    })
    .map((column) => `{${column.header}}`)
    .join(" ");
}

/** No column is the name, and a record needs one. */
export function wantsTitle(object: ObjectSchema, mapping: ImportMapping): boolean {
  const title = object.fields.find((field) => field.key === object.title_field);
  return Boolean(title?.required) && !Object.values(mapping).some((entry) => fieldOf(entry) === object.title_field);
}

export function TitleChoice({ object, job, value, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const name = label(object.fields.find((field) => field.key === object.title_field)?.label);
  return (
    <fieldset className={styles.mode}>
      <legend>{t("title_of.legend", { name })}</legend>
      <p className="gx-3 gx-s12">{t("title_of.body", { name })}</p>
      <Input value={value} onChange={(event) => onChange(event.target.value)} aria-label={name} />
      <div className={styles.names}>
        {job.columns
          .filter((column) => column.header)
          .map((column) => (
            <Button
              key={column.index}
              size="small"
              aria-label={t("title_of.add", { column: column.header })}
              onClick={() => onChange(`${value} {${column.header}}`.trim())}
            >
              {column.header}
            </Button>
          ))}
      </div>
    </fieldset>
  );
}
