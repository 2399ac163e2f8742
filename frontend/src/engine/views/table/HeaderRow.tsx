// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid cannot be a table element
import { Checkbox } from "antd";
import { useState } from "react";
import type { ObjectSchema } from "@/api/types";
import { useT } from "../messages";
import type { Column, ListControls } from "../useListState";
import type { TableColumn } from "./columns";
import { HeaderCell } from "./HeaderCell";
import styles from "./table.module.css";
import type { Selection } from "./useSelection";

interface Props {
  object: ObjectSchema;
  columns: TableColumn[];
  list: ListControls;
  selection: Selection;
  onResize: (path: string, width: number) => void;
  onResized: (path: string, width: number) => void;
}

/** Headers sort on click, filter and hide from their menu, change place by dragging. */
export function HeaderRow({ object, columns, list, selection, onResize, onResized }: Props) {
  const t = useT();
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const drop = () => {
    if (dragged && over && dragged !== over) list.setLayout({ columns: moved(list.columns, dragged, over) });
    setDragged(null);
    setOver(null);
  };
  return (
    <div role="rowgroup" className={styles.headGroup}>
      <div role="row" aria-rowindex={1} className={styles.head} tabIndex={-1}>
        <div role="columnheader" className={styles.pick} tabIndex={-1}>
          <Checkbox
            checked={selection.state === "all"}
            indeterminate={selection.state === "some"}
            aria-label={t("table.select_all")}
            onChange={selection.togglePage}
          />
        </div>
        {columns.map((column) => (
          <HeaderCell
            key={column.path}
            object={object}
            column={column}
            list={list}
            fixed={column.path === object.title_field}
            target={over === column.path && dragged !== column.path}
            onResize={onResize}
            onResized={onResized}
            onDragStart={() => setDragged(column.path)}
            onDragOver={() => setOver(column.path)}
            onDrop={drop}
          />
        ))}
        <div role="presentation" className={styles.rest} />
      </div>
    </div>
  );
}

function moved(columns: readonly Column[], from: string, to: string): Column[] {
  const column = columns.find((each) => each.field === from);
  const forward = columns.findIndex((each) => each.field === from) < columns.findIndex((each) => each.field === to);
  return columns.flatMap((each) => {
    if (each.field === from) return [];
    if (each.field !== to || !column) return [each];
    return forward ? [each, column] : [column, each];
  });
}
