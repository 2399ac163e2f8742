import { Button, Select } from "antd";
import { Check, CircleAlert, Sparkles } from "lucide-react";
import type { Field, ImportJob, ImportMapping, ObjectSchema } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Chip, Icon } from "@/kit";
import { searchText } from "../../fields/shared/search-text";
import { useT } from "../messages";
import styles from "../transfer.module.css";

interface Props {
  object: ObjectSchema;
  job: ImportJob;
  mapping: ImportMapping;
  /** The name is made of columns. */
  titled: boolean;
  onChange: (mapping: ImportMapping) => void;
}

const SURE = 0.85;
const SKIP = "";

const fieldOf = (entry: ImportMapping[string]): string => (typeof entry === "string" ? entry : (entry?.field ?? SKIP));

export function MappingTable({ object, job, mapping, titled, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const fields = object.fields.filter((field) => !field.readonly && !field.system);
  const taken = new Map(Object.entries(mapping).map(([index, entry]) => [fieldOf(entry), index]));
  const missing = fields.filter(
    (field) =>
      field.required &&
      field.default === null &&
      !taken.has(field.key) &&
      !(titled && field.key === object.title_field),
  );
  const set = (index: number, key: string) => {
    const next: ImportMapping = { ...mapping };
    // A field is filled by one column: choosing it here takes it from the other.
    for (const [other, entry] of Object.entries(next)) if (key && fieldOf(entry) === key) next[other] = null;
    next[String(index)] = key || null;
    onChange(next);
  };
  return (
    <>
      {missing.length > 0 && (
        <p className={styles.warning}>
          <Icon as={CircleAlert} size={14} />
          {t("map.missing", { names: missing.map((field) => label(field.label)).join(t("list_join")) })}
        </p>
      )}
      <table className={styles.mapping}>
        <thead>
          <tr>
            <th scope="col">{t("map.column")}</th>
            <th scope="col">{t("map.samples")}</th>
            <th scope="col">{t("map.field")}</th>
            <th scope="col">{t("map.guess")}</th>
          </tr>
        </thead>
        <tbody>
          {job.columns.map((column) => {
            const entry = mapping[String(column.index)] ?? null;
            const key = fieldOf(entry);
            const field = fields.find((each) => each.key === key);
            const guessed = column.guess?.field === key;
            return (
              <tr key={column.index} data-skipped={!key}>
                <th scope="row">{column.header || t("map.no_header", { n: column.index + 1 })}</th>
                <td className={styles.samples}>
                  {column.samples.slice(0, 3).map((sample, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: samples repeat and never move
                    <span key={i}>{sample}</span>
                  ))}
                </td>
                <td>
                  <Select
                    className={styles.pick}
                    value={key}
                    onChange={(next) => set(column.index, next)}
                    aria-label={t("map.field_of", { column: column.header })}
                    showSearch={{
                      filterOption: (input, option) => searchText(option?.label).includes(searchText(input)),
                    }}
                    options={[
                      { value: SKIP, label: t("map.skip") },
                      ...fields.map((each) => ({
                        value: each.key,
                        label: label(each.label) + (each.required ? " *" : ""),
                      })),
                    ]}
                  />
                  {field && (
                    <LinkBy
                      field={field}
                      entry={entry}
                      onChange={(by) =>
                        onChange({ ...mapping, [column.index]: by ? { field: key, link_by: by } : key })
                      }
                    />
                  )}
                </td>
                <td>
                  {key ? (
                    <Confidence guessed={guessed} confidence={column.guess?.confidence ?? 0} />
                  ) : (
                    <Maybe
                      field={fields.find((each) => each.key === column.guess?.field && !taken.has(each.key))}
                      onTake={(field) => set(column.index, field.key)}
                    />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

function Confidence({ guessed, confidence }: { guessed: boolean; confidence: number }) {
  const t = useT();
  if (!guessed) return <Chip tone="mute">{t("map.by_hand")}</Chip>;
  const sure = confidence >= SURE;
  return (
    <Chip tone={sure ? "ok" : "warn"} icon={<Icon as={sure ? Check : Sparkles} size={12} />}>
      {t(sure ? "map.sure" : "map.unsure", { p: Math.round(confidence * 100) })}
    </Chip>
  );
}

/** A guess too weak to be taken unasked, one click away. */
function Maybe({ field, onTake }: { field: Field | undefined; onTake: (field: Field) => void }) {
  const t = useT();
  const label = useLabel();
  if (!field) return null;
  return (
    <Button type="link" size="small" onClick={() => onTake(field)}>
      {t("map.maybe", { name: label(field.label) })}
    </Button>
  );
}

/** A linked record is found by its name unless the file holds another of its unique fields. */
function LinkBy({
  field,
  entry,
  onChange,
}: {
  field: Field;
  entry: ImportMapping[string];
  onChange: (by: string | null) => void;
}) {
  const t = useT();
  const label = useLabel();
  const { byKey } = useSchema();
  const target = field.type === "link" && field.target ? byKey.get(field.target) : undefined;
  const ways =
    target?.fields.filter(
      (each) => each.unique || each.type === "phone" || each.type === "email" || each.type === "serial",
    ) ?? [];
  if (!target || ways.length === 0) return null;
  const by = typeof entry === "object" && entry?.link_by ? entry.link_by : SKIP;
  return (
    <Select
      className={styles.by}
      size="small"
      variant="borderless"
      value={by}
      onChange={(next) => onChange(next || null)}
      aria-label={t("map.link_by")}
      popupMatchSelectWidth={false}
      options={[
        { value: SKIP, label: t("map.by_name") },
        ...ways.map((each) => ({ value: each.key, label: t("map.by_field", { name: label(each.label) }) })),
      ]}
    />
  );
}
