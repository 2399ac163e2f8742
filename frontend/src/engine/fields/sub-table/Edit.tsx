/**
 * Lines as a grid one types into: rows are added, removed and moved by pointer or keys, and a piece of a spreadsheet
 * is pasted from any cell on. On a phone each line is a card.
 */
import { move } from "@dnd-kit/helpers";
import { DragDropProvider } from "@dnd-kit/react";
import { Button } from "antd";
import { Plus } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { ObjectSchema } from "@/api/types";
import { useObject } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import type { EditProps, LinesValue } from "../contract";
import { moduleOf } from "../registry";
import { LineRow } from "./LineRow";
import { cellsOf, columnsOf, MAX_LINES, moved, pasted, type Row, summedOf, typed, typingColumns } from "./lines";
import styles from "./lines.module.css";
import { useT } from "./messages";
import { Totals } from "./Totals";

export function Edit(props: EditProps<LinesValue>) {
  const object = useObject(props.field.target ?? undefined);
  return object ? <Lines {...props} object={object} /> : null;
}

const fresh = (): Row => ({ row: crypto.randomUUID(), line: {} });

function Lines({
  value,
  field,
  object,
  onChange,
  errors,
  id,
  describedBy,
  currency,
}: EditProps<LinesValue> & { object: ObjectSchema }) {
  const t = useT();
  const label = useLabel();
  const box = useRef<HTMLFieldSetElement>(null);
  const columns = useMemo(() => typingColumns(columnsOf(object, currency)), [object, currency]);
  const summed = summedOf(useObject(object.line_of?.object), object);
  const given = Array.isArray(value) ? value : [];
  const names = useRef<string[]>([]);
  const [said, setSaid] = useState("");
  const rows: Row[] = given.map((line, index) => {
    names.current[index] ??= line.id ?? crypto.randomUUID();
    return { row: names.current[index], line };
  });
  const change = (next: Row[]) => {
    names.current = next.map((each) => each.row);
    onChange(next.map((each) => each.line));
  };
  const focus = (row: number, column = 0) =>
    requestAnimationFrame(() =>
      box.current
        ?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"] :is(input, textarea, [tabindex], button)`)
        ?.focus(),
    );
  const add = () => {
    if (rows.length >= MAX_LINES) return setSaid(t("full", { max: MAX_LINES }));
    change([...rows, fresh()]);
    focus(rows.length);
  };
  const shift = (from: number, to: number) => {
    if (to < 0 || to >= rows.length) return;
    change(moved(rows, from, to));
    const column = Number(cellOf(document.activeElement)?.column ?? 0);
    focus(to, column);
  };
  const remove = (index: number) => {
    change(rows.filter((_, other) => other !== index));
    focus(Math.min(index, rows.length - 2));
  };
  const onPaste = (event: React.ClipboardEvent) => {
    const at = cellOf(event.target as Element);
    const cells = at && cellsOf(event.clipboardData.getData("text/plain"));
    if (!at || !cells) return;
    event.preventDefault();
    event.stopPropagation();
    const found = pasted(rows, columns, at, cells, fresh);
    change(found.rows);
    setSaid([t("pasted", { count: cells.length }), found.unread ? t("unread", { count: found.unread }) : ""].join(" "));
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const at =
      event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && cellOf(event.target as Element);
    if (!at) return;
    event.preventDefault();
    shift(at.row, at.row + (event.key === "ArrowUp" ? -1 : 1));
  };
  const widths = columns.map((each) => Math.min(moduleOf(each).width, 140));
  const tracks = ["24px", ...widths.map((width) => `minmax(${width}px, ${width}fr)`), "28px"].join(" ");
  const least = widths.reduce((sum, width) => sum + width, 52);

  return (
    <fieldset
      ref={box}
      id={id}
      className={styles.grid}
      style={{ "--tracks": tracks, "--least": `${least}px` } as React.CSSProperties}
      aria-label={label(field.label)}
      aria-describedby={describedBy}
      onPasteCapture={onPaste}
      onKeyDown={onKeyDown}
    >
      <div className={styles.scroll}>
        <div className={styles.head} aria-hidden="true">
          <span />
          {columns.map((each) => (
            <span key={each.key} data-align={moduleOf(each).align}>
              {label(each.label)}
              {each.required && <em>*</em>}
            </span>
          ))}
          <span />
        </div>
        <DragDropProvider onDragEnd={(event) => !event.canceled && change(back(move(asItems(rows), event), rows))}>
          {rows.map((each, index) => (
            <LineRow
              key={each.row}
              row={each}
              index={index}
              count={rows.length}
              columns={columns}
              errors={errors}
              onChange={(key, next) =>
                change(
                  rows.map((other) =>
                    other === each ? { ...each, line: { ...typed(each.line, columns), [key]: next } } : other,
                  ),
                )
              }
              onRemove={() => remove(index)}
              onMove={(to) => shift(index, to)}
            />
          ))}
        </DragDropProvider>
        {rows.length > 1 && <Totals columns={columns} summed={summed} lines={given} />}
      </div>
      <div className={styles.foot}>
        <Button size="small" type="text" icon={<Icon as={Plus} size={14} />} onClick={add}>
          {t("add")}
        </Button>
        <span className="gx-3 gx-s12" role="status">
          {said || (rows.length === 0 ? t("paste") : "")}
        </span>
      </div>
    </fieldset>
  );
}

/** Where in the grid an element stands. */
function cellOf(element: Element | null): { row: number; column: number } | null {
  const at = element?.closest("[data-cell]")?.getAttribute("data-cell")?.split(":").map(Number);
  return at && at.length === 2 ? { row: at[0] ?? 0, column: at[1] ?? 0 } : null;
}

const asItems = (rows: Row[]) => rows.map(({ row }) => ({ id: row }));
const back = (items: { id: string }[], rows: Row[]): Row[] =>
  items.flatMap(({ id }) => rows.find((each) => each.row === id) ?? []);
