// biome-ignore-all lint/a11y/useSemanticElements: a group of buttons is no fieldset of a form
import { useDroppable } from "@dnd-kit/react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Button, Skeleton } from "antd";
import { FoldHorizontal, Plus } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Field, ObjectSchema } from "@/api/types";
import { Icon, useFormat } from "@/kit";
import { currencyOf } from "../../fields/money/currency";
import { stageColor } from "../../fields/stage/stage-color";
import { colorOf, marksOf, shadeOfOption } from "../colors";
import { useT } from "../messages";
import { useRecords } from "../table/useRecords";
import type { ListControls } from "../useListState";
import { BoardCard } from "./BoardCard";
import styles from "./board.module.css";
import { applyMoves, weighted } from "./board-state";
import { GateForm } from "./lazy";
import { columnFilter, type useBoard } from "./useBoard";
import { amountOf, type BoardFields, type ColumnInfo, type Figures } from "./useBoardColumns";

interface Props {
  object: ObjectSchema;
  list: ListControls;
  field: Field;
  column: ColumnInfo;
  columns: ColumnInfo[];
  name: string;
  figures: Figures;
  fields: BoardFields;
  board: ReturnType<typeof useBoard>;
  onAdd?: () => void;
  onFold?: () => void;
  onOpen: (id: string) => void;
  nameOf: (value: string) => string;
}

export function BoardColumn(props: Props) {
  const { object, list, field, column, name, figures, fields, board } = props;
  const t = useT();
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref, isDropTarget } = useDroppable({ id: column.key });
  const query = {
    filter: columnFilter(list.filter, field.key, column.key),
    sort: list.definition.sort ?? undefined,
    q: list.q || undefined,
    limit: 40,
    count: false,
    marks: marksOf(list.colors),
  };
  const found = useRecords(object.key, query);
  const [state] = applyMoves(
    [
      {
        key: column.key,
        records: found.records,
        count: figures.count,
        sum: figures.sum,
        exact: true,
        probability: column.option?.probability,
      },
    ],
    board.moves,
    field.key,
    amountOf(fields.amount, format.currency),
  );
  const gate = board.gate?.to === column.key ? board.gate : null;
  const records = (state?.records ?? []).filter((record) => record.id !== gate?.record.id);
  const virtual = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 142,
    gap: 8,
    overscan: 4,
    getItemKey: (index) => records[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= records.length - 6) void fetchNextPage();
  }, [last, records.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const currency = fields.amount ? currencyOf(fields.amount.config) : undefined;
  const open = (column.option?.kind ?? "open") === "open";
  const share = state && open ? weighted(state) : undefined;
  return (
    <section
      ref={ref}
      className={[styles.column, isDropTarget || gate ? styles.target : ""].join(" ")}
      aria-label={t("board.column", { stage: name, n: state?.count ?? 0 })}
    >
      <header>
        <i
          style={{
            background:
              field.type === "stage" ? stageColor(field.options, column.key) : shadeOfOption(column.option?.color),
          }}
        />
        <h2 className="gx-cut">{name}</h2>
        <span className="gx-s12 gx-3">{format.number(state?.count ?? 0)}</span>
        <span className={styles.tools}>
          {props.onFold && (
            <Button
              type="text"
              size="small"
              icon={<Icon as={FoldHorizontal} size={14} />}
              aria-label={t("board.collapse", { stage: name })}
              onClick={props.onFold}
            />
          )}
          {props.onAdd && (
            <Button
              type="text"
              size="small"
              icon={<Icon as={Plus} size={14} />}
              aria-label={t("board.add", { stage: name })}
              onClick={props.onAdd}
            />
          )}
        </span>
        {fields.amount && (
          <p>
            <b>{format.moneyShort(state?.sum ?? 0, currency)}</b>
            {share !== undefined && (
              <span className="gx-3">{t("board.weighted_of", { sum: format.moneyShort(share, currency) })}</span>
            )}
          </p>
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div ref={scroller} className={styles.cards} role="group" tabIndex={0} aria-label={name}>
        {gate && (
          <GateForm
            object={object}
            gate={gate}
            fields={fields}
            busy={board.busy}
            onSave={(values) => void board.move(gate.record, gate.to, values)}
            onBack={board.putBack}
          />
        )}
        {found.isPending && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
        {!found.isPending && records.length === 0 && <div className={styles.ghost}>{t("board.empty")}</div>}
        <ol style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {items.map((item) => {
            const record = records[item.index];
            if (!record) return null;
            return (
              <li
                key={record.id}
                ref={virtual.measureElement}
                data-index={item.index}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <BoardCard
                  object={object}
                  field={field}
                  record={record}
                  option={column.option}
                  fields={fields}
                  color={colorOf(record, list.colors)}
                  columns={props.columns}
                  nameOf={props.nameOf}
                  onMove={(to) => void board.move(record, to)}
                  onOpen={() => props.onOpen(record.id)}
                />
              </li>
            );
          })}
        </ol>
      </div>
    </section>
  );
}
