import { Popover, Tooltip } from "antd";
import { CircleHelp, History, Lock, Pencil } from "lucide-react";
import { useState } from "react";
import type { Field, ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { FieldRead, moduleOf } from "../fields";
import { isEditable } from "./editable";
import { FieldHistory } from "./FieldHistory";
import { InlineEditor } from "./InlineEditor";
import { FieldMark, FieldRhythm } from "./lazy";
import { MaskedValue } from "./MaskedValue";
import { useT } from "./messages";
import styles from "./records.module.css";

interface Props {
  object: ObjectSchema;
  record: RecordData;
  field: Field;
  /** A rule keeps it as it is. */
  locked?: boolean;
}

/** One field: its value, its editor on click, its help, what it was before. */
export function FieldRow({ object, record, field, locked }: Props) {
  const t = useT();
  const label = useLabel();
  const [editing, setEditing] = useState(false);
  const [past, setPast] = useState(false);
  const name = label(field.label);
  const editable = isEditable(object, field) && !locked;
  return (
    <div
      className={styles.field}
      data-editing={editing}
      data-wide={moduleOf(field).wide}
      onPointerEnter={editable ? () => void moduleOf(field).Edit.preload() : undefined}
    >
      <dt>
        {name}
        {field.help && (
          <Tooltip title={label(field.help)}>
            <button type="button" className={styles.help} aria-label={t("field.help", { name })}>
              <Icon as={CircleHelp} size={12} />
            </button>
          </Tooltip>
        )}
        {moduleOf(field).reaches && Boolean(record[field.key]) && (
          <FieldMark object={object} record={record} field={field} name={name} />
        )}
        {Boolean(field.review_days) && Boolean(record[field.key]) && (
          <FieldRhythm object={object} record={record} field={field} name={name} />
        )}
      </dt>
      <dd>
        {editing ? (
          <InlineEditor object={object} record={record} field={field} place="page" onDone={() => setEditing(false)} />
        ) : (
          <>
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the pencil beside it does the same from the keyboard */}
            {/* biome-ignore lint/a11y/noStaticElementInteractions: only widens the pencil */}
            <span className={styles.fieldValue} onClick={editable ? () => setEditing(true) : undefined}>
              {field.masked ? (
                <MaskedValue key={record.version} object={object} record={record} field={field} />
              ) : (
                <FieldRead field={field} value={record[field.key]} record={record} />
              )}
            </span>
            <span className={styles.fieldTools}>
              {!field.system && (
                <Popover
                  trigger="click"
                  placement="right"
                  open={past}
                  onOpenChange={setPast}
                  destroyOnHidden
                  content={<FieldHistory object={object} record={record} field={field} />}
                >
                  <button type="button" aria-label={t("field.history", { name })} title={t("field.history", { name })}>
                    <Icon as={History} size={12} />
                  </button>
                </Popover>
              )}
              {locked && (
                <span className={styles.help} role="img" aria-label={t("form.locked")} title={t("form.locked")}>
                  <Icon as={Lock} size={12} />
                </span>
              )}
              {editable && (
                <button
                  type="button"
                  aria-label={t("field.edit", { name })}
                  title={t("field.edit", { name })}
                  onClick={() => setEditing(true)}
                >
                  <Icon as={Pencil} size={12} />
                </button>
              )}
            </span>
          </>
        )}
      </dd>
    </div>
  );
}
