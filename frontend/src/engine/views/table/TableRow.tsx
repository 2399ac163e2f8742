// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: a virtual grid cannot be a table element
import { Checkbox } from "antd";
import { NotebookPen } from "lucide-react";
import { memo, useRef } from "react";
import { Link } from "react-router";
import type { ObjectSchema, RecordData } from "@/api/types";
import { Icon, Logo } from "@/kit";
import { moduleOf } from "../../fields";
import { recordPath } from "../../records/paths";
import { useT } from "../messages";
import type { TableColumn } from "./columns";
import { TableCell } from "./TableCell";
import styles from "./table.module.css";

interface Props {
  object: ObjectSchema;
  columns: TableColumn[];
  record: RecordData;
  index: number;
  top: number;
  color: string | undefined;
  chosen: boolean;
  current: boolean;
  editing: string | null;
  onToggle: (id: string, range?: boolean) => void;
  onOpen: (id: string) => void;
  onFull: (id: string) => void;
  onEdit: (cell: { id: string; path: string } | null) => void;
  onLog?: (record: RecordData) => void;
}

const DOUBLE_CLICK = 220;

export const TableRow = memo(function TableRow(props: Props) {
  const { object, columns, record, index, top, chosen, current, editing } = props;
  const t = useT();
  const state = [styles.row, chosen ? styles.chosen : "", current ? styles.current : "", editing ? styles.editing : ""];
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onClick = (event: React.MouseEvent) => {
    clearTimeout(waiting.current);
    if (editing || event.detail > 1) return;
    // A cell that can be edited waits for the second click of a double click before it previews.
    const editable = event.target instanceof Element && event.target.closest("[data-editable]") !== null;
    if (editable) waiting.current = setTimeout(() => props.onOpen(record.id), DOUBLE_CLICK);
    else props.onOpen(record.id);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: j, k, Enter and the title's link do the same from the keyboard
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      className={state.join(" ")}
      style={{ transform: `translateY(${top}px)`, boxShadow: props.color && `inset 3px 0 ${props.color}` }}
      onClick={onClick}
      onPointerEnter={() => bringEditors(columns)}
    >
      <div
        role="gridcell"
        className={styles.pick}
        onClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => event.stopPropagation()}
      >
        <Checkbox
          checked={chosen}
          aria-label={t("table.select_row", { name: record.title })}
          onChange={(event) =>
            props.onToggle(record.id, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
          }
        />
      </div>
      {columns.map((column) =>
        column.path === object.title_field ? (
          <div key={column.path} role="rowheader" className={styles.title}>
            <Link
              to={recordPath(object.key, record.id)}
              className={styles.name}
              onClick={(event) => preview(event, () => props.onOpen(record.id))}
            >
              <Logo name={record.title} />
              <span className="gx-cut">{record.title}</span>
            </Link>
            {props.onLog && (
              <button
                type="button"
                className={styles.log}
                title={t("table.log")}
                aria-label={`${t("table.log")}: ${record.title}`}
                onClick={(event) => {
                  event.stopPropagation();
                  props.onLog?.(record);
                }}
              >
                <Icon as={NotebookPen} />
              </button>
            )}
          </div>
        ) : (
          <TableCell
            key={column.path}
            object={object}
            column={column}
            record={record}
            editing={editing === column.path}
            onEdit={props.onEdit}
          />
        ),
      )}
      <div role="presentation" className={styles.rest} />
    </div>
  );
});

/** Who points at a row may edit it: what its cells need is on its way before the click. */
function bringEditors(columns: TableColumn[]) {
  for (const column of columns) if (column.own) void moduleOf(column.field).Edit.preload();
}

/** A plain click previews; with a modifier, and from the keyboard, the link is a link. */
function preview(event: React.MouseEvent, open: () => void) {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.detail === 0) {
    event.stopPropagation();
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  open();
}
