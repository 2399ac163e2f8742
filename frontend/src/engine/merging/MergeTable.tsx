import { Button, Radio } from "antd";
import { X } from "lucide-react";
import type { ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Chip, Icon, RelativeTime } from "@/kit";
import { FieldRead } from "../fields";
import styles from "./merging.module.css";
import { mergingMessages } from "./messages";
import type { MergePreview, PreviewField } from "./queries";

interface Props {
  object: ObjectSchema;
  preview: MergePreview;
  choice: Record<string, string>;
  /** Also fields in which the records do not differ. */
  all: boolean;
  onChoose: (field: string, id: string) => void;
  onKeep: (id: string) => void;
  onDrop: (id: string) => void;
}

/** The records as columns, the fields as rows; one value of each row is chosen. */
export function MergeTable({ object, preview, choice, all, onChoose, onKeep, onDrop }: Props) {
  const t = mergingMessages.useT();
  const fields = preview.fields.filter((field) => (all ? field.filled : field.differs));
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("field")}</th>
            {preview.records.map((record) => (
              <th key={record.id} scope="col" data-kept={record.id === preview.survivor}>
                <div className={styles.head}>
                  <span className="gx-cut">{record.title}</span>
                  <Button
                    type="text"
                    size="small"
                    icon={<Icon as={X} size={14} />}
                    aria-label={`${t("remove")}: ${record.title}`}
                    onClick={() => onDrop(record.id)}
                  />
                </div>
                <div className={styles.sub}>
                  {record.id === preview.survivor ? (
                    <Chip tone="brand">{t("kept")}</Chip>
                  ) : (
                    <Button size="small" onClick={() => onKeep(record.id)}>
                      {t("keep")}
                    </Button>
                  )}
                  <span className="gx-3">
                    {record.owner?.name} · <RelativeTime value={record.updated_at} />
                  </span>
                </div>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <Row key={field.key} object={object} preview={preview} field={field} choice={choice} onChoose={onChoose} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends Pick<Props, "object" | "preview" | "choice" | "onChoose"> {
  field: PreviewField;
}

function Row({ object, preview, field, choice, onChoose }: RowProps) {
  const t = mergingMessages.useT();
  const label = useLabel();
  const declared = object.fields.find((each) => each.key === field.key);
  const chosen = choice[field.key] ?? field.proposed;
  const name = label(field.label);
  return (
    <tr>
      <th scope="row">{name}</th>
      {preview.records.map((record) => {
        const value = field.values[record.id];
        const blank = value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);
        const shown = blank ? (
          <span className="gx-3">{t("empty")}</span>
        ) : declared ? (
          <FieldRead field={declared} value={value} place="cell" />
        ) : (
          String(value)
        );
        return (
          <td key={record.id} data-chosen={field.together ? !blank : chosen === record.id}>
            {field.together ? (
              <span className={styles.value}>{shown}</span>
            ) : (
              // biome-ignore lint/a11y/noLabelWithoutControl: the control is the Radio inside
              <label className={styles.value}>
                <Radio
                  checked={chosen === record.id}
                  onChange={() => onChoose(field.key, record.id)}
                  aria-label={`${name}: ${record.title}`}
                />
                <span>{shown}</span>
              </label>
            )}
          </td>
        );
      })}
    </tr>
  );
}
