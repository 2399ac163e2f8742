// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: a virtual grid cannot be a table element
import { Pencil } from "lucide-react";
import type { ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { FieldRead, moduleOf } from "../../fields";
import { isEditable } from "../../records/editable";
import { InlineEditor } from "../../records/InlineEditor";
import { useT } from "../messages";
import type { TableColumn } from "./columns";
import styles from "./table.module.css";

interface Props {
  object: ObjectSchema;
  column: TableColumn;
  record: RecordData;
  editing: boolean;
  onEdit: (cell: { id: string; path: string } | null) => void;
}

export function TableCell({ object, column, record, editing, onEdit }: Props) {
  const t = useT();
  const label = useLabel();
  const { field } = column;
  const editable = column.own && isEditable(object, field) && !moduleOf(field).roomy;
  const start = (event: React.SyntheticEvent) => {
    event.stopPropagation();
    onEdit({ id: record.id, path: column.path });
  };
  return (
    <div
      role="gridcell"
      className={[styles.cell, column.align === "end" ? styles.end : "", editing ? styles.open : ""].join(" ")}
      data-editable={editable || undefined}
      onDoubleClick={editable && !editing ? start : undefined}
    >
      <span className={styles.value}>
        <FieldRead field={field} value={record[column.path]} record={record} place="cell" />
      </span>
      {editable && !editing && (
        <button
          type="button"
          className={styles.pencil}
          tabIndex={-1}
          aria-label={t("table.edit_cell", { name: label(field.label) })}
          onClick={start}
        >
          <Icon as={Pencil} size={12} />
        </button>
      )}
      {editing && (
        <InlineEditor object={object} record={record} field={field} place="cell" onDone={() => onEdit(null)} />
      )}
    </div>
  );
}
