// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
import { useVirtualizer } from "@tanstack/react-virtual";
import { Skeleton } from "antd";
import { useEffect, useRef } from "react";
import type { ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { Avatar, Logo } from "@/kit";
import { FieldRead, isBlank } from "../../fields";
import { useT } from "../messages";
import type { TableColumn } from "./columns";
import styles from "./table.module.css";

interface Props {
  object: ObjectSchema;
  columns: TableColumn[];
  records: RecordData[];
  loading: boolean;
  onMore: () => void;
  onOpen: (id: string) => void;
}

const MOST = 4;
const HEIGHT = 104;

/** On the phone a record is a card: its title, its chips and the first facts of the view. */
export function CardList({ object, columns, records, loading, onMore, onOpen }: Props) {
  const t = useT();
  const label = useLabel();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (records.length > 0 && last >= records.length - 10) onMore();
  }, [last, records.length, onMore]);
  if (loading) return <Skeleton className={styles.skeleton} active title={false} paragraph={{ rows: 10 }} />;
  const facts = columns.filter((column) => column.path !== object.title_field && column.field.type !== "user");
  return (
    <section
      ref={scroller}
      className={styles.cards}
      tabIndex={0}
      aria-label={t("table.label", { name: label(object.label_plural) })}
    >
      <ul style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {items.map((item) => {
          const record = records[item.index];
          return record ? (
            <li
              key={record.id}
              ref={virtual.measureElement}
              data-index={item.index}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <RecordCard record={record} facts={facts} onOpen={() => onOpen(record.id)} />
            </li>
          ) : null;
        })}
      </ul>
    </section>
  );
}

function RecordCard({ record, facts, onOpen }: { record: RecordData; facts: TableColumn[]; onOpen: () => void }) {
  const label = useLabel();
  const filled = facts.filter((column) => !isBlank(record[column.path])).slice(0, MOST);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the title inside is a button for the keyboard
    // biome-ignore lint/a11y/noStaticElementInteractions: the whole card only widens that button
    <div className={styles.card} onClick={onOpen}>
      <div className={styles.cardHead}>
        <Logo name={record.title} />
        <button type="button" className="gx-cut" onClick={onOpen}>
          {record.title}
        </button>
        {record.owner && <Avatar id={record.owner.id} name={record.owner.name} labelled />}
      </div>
      <dl>
        {filled.map((column) => (
          <div key={column.path}>
            <dt>{label(column.field.label)}</dt>
            <dd>
              <FieldRead field={column.field} value={record[column.path]} record={record} place="cell" />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
