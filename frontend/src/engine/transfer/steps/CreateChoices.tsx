import { Switch } from "antd";
import type { ImportJob, ObjectSchema } from "@/api/types";
import { type LabelLike, useLabel } from "@/i18n";
import { Chip, useFormat } from "@/kit";
import { useT } from "../messages";
import styles from "../transfer.module.css";
import type { ImportPatch } from "../useImport";

interface Props {
  object: ObjectSchema;
  job: ImportJob;
  busy: boolean;
  onChange: (options: NonNullable<ImportPatch["options"]>) => void;
}

const KINDS = ["fields", "options", "links", "members"] as const;

interface Entry {
  field?: string;
  header?: string;
  label?: LabelLike;
  value?: string;
  name?: string;
  count?: number;
  similar?: string;
}

const MOST = 24;

/** What the file has and the workspace has not: made only when asked for, and named one by one before. */
export function CreateChoices({ object, job, busy, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const { preview, options } = job;
  if (!preview) return null;
  const headers = job.columns.filter((column) => !job.mapping[String(column.index)] && column.header);
  const listOf = (kind: (typeof KINDS)[number]): unknown[] => {
    const blocked =
      kind === "fields"
        ? preview.will_create.fields.length
          ? []
          : headers.map((column) => column.header)
        : preview.blocked[kind];
    return [...preview.will_create[kind], ...blocked];
  };
  const nameOf = (value: unknown): { text: string; count?: number; similar?: string } => {
    if (typeof value !== "object" || value === null) return { text: String(value) };
    const entry = value as Entry;
    const own = entry.value ?? entry.header ?? entry.name ?? label(entry.label);
    const field = entry.field && object.fields.find((each) => each.key === entry.field);
    return {
      text: field && entry.value ? t("at_field", { field: label(field.label), text: own }) : own,
      count: entry.count,
      similar: entry.similar,
    };
  };
  const shown = KINDS.filter((kind) => listOf(kind).length > 0);
  if (shown.length === 0) return null;
  return (
    <section className={styles.choices}>
      <h2>{t("create.title")}</h2>
      {shown.map((kind) => {
        const list = listOf(kind);
        const key = `create_${kind}` as const;
        const id = `create-${kind}`;
        return (
          <div key={kind} className={styles.choice}>
            <Switch
              id={id}
              size="small"
              checked={options[key]}
              loading={busy}
              onChange={(on) => onChange({ [key]: on })}
              aria-label={t(`create.${kind}`)}
            />
            <div>
              <label htmlFor={id}>
                {t(`create.${kind}`)} <span className="gx-3">{t("create.count", { n: list.length })}</span>
              </label>
              <p className="gx-3 gx-s12">{t(options[key] ? "create.will" : `create.${kind}_off`)}</p>
              <div className={styles.names}>
                {list.slice(0, MOST).map((value) => {
                  const { text, count, similar } = nameOf(value);
                  return (
                    <Chip
                      key={text}
                      tone={options[key] ? "brand" : "line"}
                      title={similar ? t("create.similar", { name: similar }) : undefined}
                    >
                      {text}
                      {count !== undefined && count > 1 && ` ×${format.number(count)}`}
                      {similar && ` ≈ ${similar}`}
                    </Chip>
                  );
                })}
                {list.length > MOST && (
                  <span className="gx-3 gx-s12">{t("create.more", { n: list.length - MOST })}</span>
                )}
              </div>
            </div>
          </div>
        );
      })}
    </section>
  );
}
