// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: a virtual grid cannot be a table element
import { useVirtualizer } from "@tanstack/react-virtual";
import { Skeleton } from "antd";
import { useEffect, useRef, useState } from "react";
import type { ImportJob, ImportRow, ObjectSchema } from "@/api/types";
import { useT } from "../messages";
import { FixCell } from "./FixCell";
import styles from "./fix.module.css";
import { cellOf, type Fixes, paste } from "./fixes";

interface Props {
  object: ObjectSchema;
  job: ImportJob;
  rows: ImportRow[];
  fixes: Fixes;
  loading: boolean;
  onChange: (fixes: Fixes) => void;
  onCell: (row: ImportRow, index: number, text: string) => void;
  onMore: () => void;
}

interface Spot {
  at: number;
  index: number;
}

const HEIGHT = 38;
const WIDTH = 160;

/** A spreadsheet of what was refused: arrows move, typing edits, Tab goes to the next wrong cell. */
export function FixGrid({ object, job, rows, fixes, loading, onChange, onCell, onMore }: Props) {
  const t = useT();
  const scroller = useRef<HTMLDivElement>(null);
  const [spot, setSpot] = useState<Spot | null>(null);
  const [editing, setEditing] = useState(false);
  const columns = job.columns;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT,
    overscan: 10,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 10) onMore();
  }, [last, rows.length, onMore]);
  useEffect(() => {
    if (spot) scroller.current?.querySelector<HTMLElement>(`[data-spot="${spot.at}:${spot.index}"]`)?.focus();
  }, [spot]);

  const go = (at: number, index: number) => {
    const next = {
      at: Math.max(0, Math.min(rows.length - 1, at)),
      index: Math.max(0, Math.min(columns.length - 1, index)),
    };
    virtual.scrollToIndex(next.at, { align: "auto" });
    setEditing(false);
    setSpot(next);
  };
  const wrongAfter = (from: Spot): Spot | null => {
    for (let at = from.at; at < rows.length; at += 1) {
      const row = rows[at];
      const next = row?.errors
        .map((error) => error.index)
        .filter((index) => fixes[row.row]?.[index] === undefined && (at > from.at || index > from.index))
        .sort((a, b) => a - b)[0];
      if (next !== undefined) return { at, index: next };
    }
    return null;
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (!spot || event.nativeEvent.isComposing) return;
    const row = rows[spot.at];
    const above = rows[spot.at - 1];
    const mod = event.metaKey || event.ctrlKey;
    if (event.key === "Tab" && !event.shiftKey) {
      const next = wrongAfter(spot);
      if (!next) return;
      go(next.at, next.index);
    } else if (mod && event.key.toLowerCase() === "d") {
      if (row && above) onCell(row, spot.index, cellOf(fixes, above, spot.index));
    } else if (editing) {
      if (event.key === "Escape") setEditing(false);
      else if (event.key === "Enter") go(spot.at + 1, spot.index);
      else return;
    } else if (event.key === "Enter" || event.key === "F2") setEditing(true);
    else if (event.key.startsWith("Arrow"))
      go(spot.at + STEP(event.key, "Down", "Up"), spot.index + STEP(event.key, "Right", "Left"));
    else if (event.key.length === 1 && !mod) {
      setEditing(true);
      return;
    } else return;
    event.preventDefault();
  };
  if (loading) return <Skeleton className={styles.skeleton} active title={false} paragraph={{ rows: 10 }} />;
  const template = `52px ${columns.map(() => `minmax(${WIDTH}px, 1fr)`).join(" ")}`;
  const nameOf = (index: number) => columns.find((column) => column.index === index)?.header ?? "";
  const fieldOf = (index: number) => {
    const entry = job.mapping[String(index)];
    const key = typeof entry === "string" ? entry : entry?.field;
    return object.fields.find((field) => field.key === key);
  };
  return (
    <div
      ref={scroller}
      className={styles.grid}
      role="grid"
      tabIndex={spot ? -1 : 0}
      aria-label={t("fix.grid")}
      aria-rowcount={rows.length + 1}
      style={{ "--columns": template, "--least": `${52 + columns.length * WIDTH}px` } as React.CSSProperties}
      onKeyDown={onKeyDown}
      onFocus={(event) =>
        event.target === event.currentTarget && rows.length > 0 && go(0, rows[0]?.errors[0]?.index ?? 0)
      }
      onPaste={(event) => {
        if (!spot || editing) return;
        event.preventDefault();
        onChange(paste(fixes, rows, spot.at, spot.index, event.clipboardData.getData("text/plain")));
      }}
    >
      <div role="rowgroup" className={styles.headGroup}>
        <div role="row" className={styles.row}>
          <div role="columnheader" className={styles.number}>
            {t("fix.row")}
          </div>
          {columns.map((column) => (
            <div key={column.index} role="columnheader" className={styles.header}>
              <span className="gx-cut">{column.header}</span>
              {fieldOf(column.index)?.required && <em>{t("fix.required")}</em>}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {items.map((item) => {
          const row = rows[item.index];
          return row ? (
            <div
              key={row.row}
              role="row"
              className={[styles.row, styles.placed].join(" ")}
              style={{ transform: `translateY(${item.start}px)` }}
              aria-rowindex={item.index + 2}
            >
              <div role="rowheader" className={styles.number}>
                {row.row}
              </div>
              {columns.map((column) => (
                <FixCell
                  key={column.index}
                  spot={`${item.index}:${column.index}`}
                  name={nameOf(column.index)}
                  text={cellOf(fixes, row, column.index)}
                  changed={fixes[row.row]?.[column.index] !== undefined}
                  error={row.errors.find((error) => error.index === column.index)}
                  focused={spot?.at === item.index && spot.index === column.index}
                  editing={editing && spot?.at === item.index && spot.index === column.index}
                  onFocus={() =>
                    spot?.at === item.index && spot.index === column.index
                      ? undefined
                      : setSpot({ at: item.index, index: column.index })
                  }
                  onEdit={() => setEditing(true)}
                  onSave={(text) => onCell(row, column.index, text)}
                />
              ))}
            </div>
          ) : null;
        })}
      </div>
    </div>
  );
}

const STEP = (key: string, forward: string, back: string): number =>
  key === `Arrow${forward}` ? 1 : key === `Arrow${back}` ? -1 : 0;
