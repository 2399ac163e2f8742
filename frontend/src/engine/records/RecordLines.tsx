import { Button } from "antd";
import { Pencil } from "lucide-react";
import { useState } from "react";
import type { Field, ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { FieldRead, moduleOf } from "../fields";
import { isEditable } from "./editable";
import { InlineEditor } from "./InlineEditor";
import { useT } from "./messages";
import styles from "./records.module.css";

/** The lines inside the record, where there is room for them. */
export function RecordLines({
  object,
  record,
  layout,
}: {
  object: ObjectSchema;
  record: RecordData;
  layout?: { hidden: string[]; locked: string[] };
}) {
  return linesOf(object)
    .filter((field) => !layout?.hidden.includes(field.key))
    .map((field) => (
      <Lines
        key={field.key}
        object={object}
        record={record}
        field={field}
        locked={layout?.locked.includes(field.key) ?? false}
      />
    ));
}

/** The fields that hold lines. */
export const linesOf = (object: ObjectSchema): Field[] => object.fields.filter((field) => field.type === "sub_table");

interface Props {
  object: ObjectSchema;
  record: RecordData;
  field: Field;
  locked: boolean;
}

function Lines({ object, record, field, locked }: Props) {
  const t = useT();
  const label = useLabel();
  const [editing, setEditing] = useState(false);
  const name = label(field.label);
  const editable = isEditable(object, field) && !locked;
  const value = record[field.key];
  return (
    <section className={styles.lines} aria-label={name}>
      <header>
        <h2>{name}</h2>
        {Array.isArray(value) && value.length > 0 && <span className="gx-3 gx-s12">{value.length}</span>}
        <span className={styles.grow} />
        {editable && !editing && (
          <Button
            size="small"
            type="text"
            icon={<Icon as={Pencil} size={14} />}
            aria-label={t("field.edit", { name })}
            onPointerEnter={() => void moduleOf(field).Edit.preload()}
            onClick={() => setEditing(true)}
          />
        )}
      </header>
      {editing ? (
        <InlineEditor object={object} record={record} field={field} place="page" onDone={() => setEditing(false)} />
      ) : (
        <FieldRead field={field} value={value} record={record} />
      )}
    </section>
  );
}
