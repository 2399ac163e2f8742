/**
 * Records in columns. Each column asks for its own pages; one grouped question gives all figures.
 *
 * A drop (pointer, keyboard, or the card's menu) sends the new value with the record's version. What the server asks
 * for in return is asked on the card itself.
 */
import { DragDropProvider, KeyboardSensor, PointerSensor } from "@dnd-kit/react";
import { App } from "antd";
import { useState } from "react";
import type { ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { useUndoToast } from "../../records/useUndoToast";
import { useT } from "../messages";
import type { ListControls } from "../useListState";
import { BoardColumn } from "./BoardColumn";
import { BoardFigures } from "./BoardFigures";
import styles from "./board.module.css";
import { FoldedColumn } from "./FoldedColumn";
import { useBoard } from "./useBoard";
import { boardFields, columnsOf, type Figures, inPipeline, useFigures, usePipelines } from "./useBoardColumns";

interface Props {
  object: ObjectSchema;
  list: ListControls;
  onCreate: (values: Record<string, unknown>) => void;
  onOpen: (id: string) => void;
}

/** The pointer takes the whole card, the keyboard its grip: a card full of links is no button. */
const SENSORS = [PointerSensor.configure({ activatorElements: (source) => [source.element] }), KeyboardSensor];

export function Board({ object, list: given, onCreate, onOpen }: Props) {
  const t = useT();
  const label = useLabel();
  const { message } = App.useApp();
  const toast = useUndoToast();
  const key = given.groupBy ?? object.board_fields[0] ?? "";
  const field = object.fields.find((each) => each.key === key);
  const pipelines = usePipelines(object);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const shown = boardFields(object);
  const pipeline =
    pipelines.data?.find((each) => each.key === given.pipeline) ??
    pipelines.data?.find((each) => each.is_default) ??
    pipelines.data?.[0];
  const list = { ...given, filter: inPipeline(object, given.filter, pipeline, (pipelines.data?.length ?? 0) > 1) };
  const figures = useFigures(object, list, key, shown.amount);
  const board = useBoard(object, key, {
    onRefused: (reason) => message.error(t("board.refused", { reason })),
    onMoved: (record, _from, to) => toast(t("board.moved", { name: record.title, stage: nameOf(to) })),
  });
  if (!field) return null;
  const columns = columnsOf(field, pipeline, figures);
  const nameOf = (value: string) =>
    label(columns.find((column) => column.key === value)?.option?.label, t("board.none"));
  const closed = columns.filter((column) => (column.option?.kind ?? "open") !== "open");
  const folded = closed.filter((column) => !unfolded.has(column.key));
  const open = columns.filter((column) => !folded.includes(column));
  const none: Figures = { count: 0, sum: 0 };
  const fold = (value: string, out: boolean) => {
    const next = new Set(unfolded);
    if (out) next.add(value);
    else next.delete(value);
    setUnfolded(next);
  };
  return (
    <DragDropProvider
      sensors={SENSORS}
      onDragEnd={(event) => {
        const { source, target } = event.operation;
        const record = source?.data.record as RecordData | undefined;
        if (event.canceled || !record || !target) return;
        void board.move(record, String(target.id));
      }}
    >
      {shown.amount && field.type === "stage" && (
        <BoardFigures columns={columns} figures={figures} amount={shown.amount} />
      )}
      <div className={styles.board}>
        {open.map((column) => (
          <BoardColumn
            key={column.key}
            object={object}
            list={list}
            field={field}
            column={column}
            columns={columns}
            name={nameOf(column.key)}
            figures={figures.get(column.key) ?? none}
            fields={shown}
            board={board}
            onAdd={object.can.create ? () => onCreate({ [key]: column.option ? column.key : null }) : undefined}
            onFold={closed.includes(column) ? () => fold(column.key, false) : undefined}
            onOpen={onOpen}
            nameOf={nameOf}
          />
        ))}
        {folded.length > 0 && (
          <div className={styles.ends}>
            {folded.map((column) => (
              <FoldedColumn
                key={column.key}
                field={field}
                value={column.key}
                name={nameOf(column.key)}
                count={
                  (figures.get(column.key) ?? none).count +
                  Object.values(board.moves).filter((move) => move.to === column.key).length
                }
                gate={board.gate?.to === column.key ? board.gate : null}
                onUnfold={() => fold(column.key, true)}
              />
            ))}
          </div>
        )}
      </div>
    </DragDropProvider>
  );
}
