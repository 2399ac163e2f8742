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
  index?: number;
  field?: string;
  header?: string;
  label?: LabelLike;
  value?: string;
  name?: string;
  count?: number;
  similar?: string;
}

const MOST = 24;

const sum = (reasons: readonly { count: number }[]) => reasons.reduce((total, reason) => total + reason.count, 0);

/** What is done only when asked for: writing likely duplicates, and making what the workspace has not yet. */
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
  const takeSimilar = ({ index, value = "", similar = "" }: Entry) =>
    onChange({
      replace: { ...options.replace, [String(index)]: { ...options.replace[String(index)], [value]: similar } },
    });
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
  const twice = sum(preview.reasons.filter((reason) => reason.code === "duplicate"));
  const allowed = options.duplicates === "allow";
  const asksTwice = twice > 0 || allowed;
  if (shown.length === 0 && !asksTwice) return null;
  return (
    <section className={styles.choices}>
      {asksTwice && (
        <>
          <h2>{t("twice.title")}</h2>
          <div className={styles.choice}>
            <Switch
              id="import-duplicates"
              size="small"
              checked={allowed}
              loading={busy}
              onChange={(on) => onChange({ duplicates: on ? "allow" : "refuse" })}
            />
            <div>
              <label htmlFor="import-duplicates">
                {t("twice.allow")} {!allowed && <span className="gx-3">{t("rows", { n: format.number(twice) })}</span>}
              </label>
              <p className="gx-3 gx-s12">{t(allowed ? "twice.allowed" : "twice.refused")}</p>
            </div>
          </div>
        </>
      )}
      {shown.length > 0 && <h2>{t("create.title")}</h2>}
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
                      {similar && (
                        <button
                          type="button"
                          className={styles.similar}
                          disabled={busy}
                          onClick={() => takeSimilar(value as Entry)}
                        >
                          ≈ {similar}
                        </button>
                      )}
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
