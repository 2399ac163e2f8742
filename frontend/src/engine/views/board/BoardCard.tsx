import { useDraggable } from "@dnd-kit/react";
import { Button, Dropdown } from "antd";
import { CalendarClock, GripVertical, MoveRight, TriangleAlert } from "lucide-react";
import { memo } from "react";
import { Link } from "react-router";
import type { Field, LinkRef, ObjectSchema, Option, RecordData } from "@/api/types";
import { Avatar, Icon, useFormat } from "@/kit";
import { currencyOf } from "../../fields/money/currency";
import { recordPath } from "../../records/paths";
import { useT } from "../messages";
import styles from "./board.module.css";
import { ageInStage } from "./board-state";
import { NONE } from "./useBoard";
import type { BoardFields, ColumnInfo } from "./useBoardColumns";

interface Props {
  object: ObjectSchema;
  field: Field;
  record: RecordData;
  option: Option | null;
  fields: BoardFields;
  /** By the first of the view's rules that holds for the record. */
  color?: string;
  columns: ColumnInfo[];
  nameOf: (value: string) => string;
  onMove: (to: string) => void;
  onOpen: () => void;
}

const TONE = { calm: "var(--gx-stage-4)", soon: "var(--gx-warn-solid)", late: "var(--gx-bad-solid)" };
const INK = { calm: "gx-3", soon: "gx-warn", late: "gx-bad" };

export const BoardCard = memo(function BoardCard({
  object,
  field,
  record,
  option,
  fields,
  color,
  columns,
  nameOf,
  onMove,
}: Props) {
  const t = useT();
  const format = useFormat();
  const { ref, handleRef, isDragging } = useDraggable({
    id: record.id,
    data: { record },
    disabled: !object.can.edit || field.readonly,
  });
  const movable = object.can.edit && !field.readonly;
  const amount = fields.amount ? (record[fields.amount.key] as number | null) : null;
  const customer = fields.customer ? (record[fields.customer.key] as LinkRef | null) : null;
  const open = (option?.kind ?? "open") === "open";
  const age =
    open && fields.since
      ? ageInStage(record[fields.since.key] as string | null, option?.expected_days, new Date())
      : null;
  const others = columns.filter((column) => column.key !== (option?.value ?? NONE) && column.option);
  return (
    <article
      ref={ref}
      className={[styles.card, isDragging ? styles.dragging : ""].join(" ")}
      style={color ? { boxShadow: `inset 3px 0 ${color}` } : undefined}
    >
      <h3>
        <Link to={recordPath(object.key, record.id)} draggable={false} className={styles.title}>
          {record.title}
        </Link>
        {movable && (
          <button
            ref={handleRef}
            type="button"
            className={styles.grip}
            aria-label={t("board.drag", { name: record.title })}
          >
            <Icon as={GripVertical} size={14} />
          </button>
        )}
        {movable && (
          <Dropdown
            trigger={["click"]}
            menu={{
              items: [
                {
                  key: "to",
                  type: "group",
                  label: t("board.move_to"),
                  children: others.map((column) => ({ key: column.key, label: nameOf(column.key) })),
                },
              ],
              onClick: ({ key }) => onMove(key),
            }}
          >
            <Button
              className={styles.move}
              type="text"
              size="small"
              icon={<Icon as={MoveRight} size={14} />}
              aria-label={t("board.move_menu", { name: record.title })}
              onPointerDown={(event) => event.stopPropagation()}
            />
          </Dropdown>
        )}
      </h3>
      {customer && <p className={styles.customer}>{customer.title}</p>}
      <div className={styles.amount}>
        {amount !== null && amount !== undefined && (
          <b title={format.money(amount, currencyOf(fields.amount?.config ?? {}, record))}>
            {format.moneyShort(amount, currencyOf(fields.amount?.config ?? {}, record))}
          </b>
        )}
        {open && option?.probability !== undefined && (
          <span className="gx-3 gx-s12">{t("board.win_rate", { p: option.probability })}</span>
        )}
        <span className={styles.grow} />
        {record.owner && <Avatar id={record.owner.id} name={record.owner.name} labelled />}
      </div>
      {age && (
        <div className={styles.age}>
          <span className={styles.track}>
            <i style={{ width: `${Math.round(age.share * 100)}%`, background: TONE[age.tone] }} />
          </span>
          <span className={INK[age.tone]}>
            {age.expected
              ? t("board.days", { n: age.days, expected: age.expected })
              : t("board.days_only", { n: age.days })}
          </span>
        </div>
      )}
      {open && fields.next && <NextActivity at={record[fields.next.key] as string | null} />}
    </article>
  );
});

function NextActivity({ at }: { at: string | null | undefined }) {
  const t = useT();
  const format = useFormat();
  const late = at ? (format.daysFromToday(at) ?? 0) < 0 : true;
  return (
    <p className={[styles.next, late ? "gx-bad" : ""].join(" ")}>
      <Icon as={at ? CalendarClock : TriangleAlert} size={14} />
      {at ? format.day(at) : t("board.no_next")}
    </p>
  );
}
