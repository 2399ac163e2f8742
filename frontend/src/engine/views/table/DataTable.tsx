// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid cannot be a table element
/**
 * The virtual table: only the rows on screen are in the page, the next page of records is asked for near the end.
 *
 * Header and summary stick inside the one scroller, so that columns never drift; the title column sticks at the left.
 */
import { useVirtualizer } from "@tanstack/react-virtual";
import { Skeleton } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Count, ObjectSchema, RecordData } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { askForLog, isLoggable } from "../../records/log-target";
import { colorOf } from "../colors";
import { useT } from "../messages";
import type { ListControls } from "../useListState";
import { gridTemplate, ROW_HEIGHT, type TableColumn, totalWidth } from "./columns";
import { HeaderRow } from "./HeaderRow";
import { SummaryRow } from "./SummaryRow";
import { TableRow } from "./TableRow";
import styles from "./table.module.css";
import type { Selection } from "./useSelection";

interface Props {
  object: ObjectSchema;
  columns: TableColumn[];
  records: RecordData[];
  count: Count | null;
  list: ListControls;
  selection: Selection;
  current: string | null;
  loading: boolean;
  stale: boolean;
  onMore: () => void;
  onOpen: (id: string | null) => void;
  onFull: (id: string) => void;
}

export function DataTable(props: Props) {
  const { object, columns, records, list, selection, current, loading, onMore } = props;
  const t = useT();
  const label = useLabel();
  const scroller = useRef<HTMLDivElement>(null);
  const [widths, setWidths] = useState<Record<string, number>>({});
  const [editing, setEditing] = useState<{ id: string; path: string } | null>(null);
  const shown = columns.map((column) => ({ ...column, width: widths[column.path] ?? column.width }));
  const height = ROW_HEIGHT[list.density];
  const virtual = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    getItemKey: (index) => records[index]?.id ?? index,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of all rows changed
  useEffect(() => virtual.measure(), [height]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (records.length > 0 && last >= records.length - 20) onMore();
  }, [last, records.length, onMore]);

  const index = records.findIndex((record) => record.id === current);
  useEffect(() => {
    if (index >= 0) virtual.scrollToIndex(index, { align: "auto" });
  }, [index, virtual]);

  const { objects } = useSchema();
  const loggable = isLoggable(object, objects);
  const onLog = useMemo(
    () =>
      loggable
        ? (record: RecordData) => askForLog({ object: object.key, id: record.id, title: record.title })
        : undefined,
    [loggable, object.key],
  );
  const template = gridTemplate(shown);
  const commitWidth = (path: string, width: number) => {
    setWidths((before) => ({ ...before, [path]: width }));
    list.setLayout({ columns: list.columns.map((column) => (column.field === path ? { ...column, width } : column)) });
  };
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      aria-label={t("table.label", { name: label(object.label_plural) })}
      aria-rowcount={props.count?.exact ? props.count.value + 1 : -1}
      aria-colcount={columns.length + 1}
      aria-busy={loading || props.stale}
      aria-multiselectable="true"
      style={{ "--columns": template, "--row": `${height}px` } as React.CSSProperties}
    >
      <div className={styles.wide} role="presentation" style={{ minWidth: totalWidth(shown) }}>
        <HeaderRow
          object={object}
          columns={shown}
          list={list}
          selection={selection}
          onResize={(path, width) => setWidths((before) => ({ ...before, [path]: width }))}
          onResized={commitWidth}
        />
        {loading ? (
          <div className={styles.skeleton} role="presentation">
            <Skeleton active title={false} paragraph={{ rows: 14, width: "100%" }} />
          </div>
        ) : (
          <div
            role="rowgroup"
            className={props.stale ? styles.stale : undefined}
            style={{ height: virtual.getTotalSize(), position: "relative" }}
          >
            {items.map((item) => {
              const record = records[item.index];
              return record ? (
                <TableRow
                  key={record.id}
                  object={object}
                  columns={shown}
                  record={record}
                  index={item.index}
                  top={item.start}
                  color={colorOf(record, list.colors)}
                  chosen={selection.has(record.id)}
                  current={record.id === current}
                  editing={editing?.id === record.id ? editing.path : null}
                  onToggle={selection.toggle}
                  onOpen={props.onOpen}
                  onFull={props.onFull}
                  onEdit={setEditing}
                  onLog={onLog}
                />
              ) : null;
            })}
          </div>
        )}
        <SummaryRow object={object} columns={shown} list={list} count={props.count} />
      </div>
    </div>
  );
}
