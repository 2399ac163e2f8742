/** A table folded by a field: each group with its count and sums; opened, its first records. */
import { Button, Skeleton } from "antd";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import type { Bucket, FilterNode, GroupRow, Label, MeasureSpec, ObjectSchema } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Icon, useFormat } from "@/kit";
import { both } from "../filter/tree";
import { filterOf, type GroupBy, periodText } from "../group-filter";
import { useT } from "../messages";
import { type TableColumn, tableColumns } from "../table/columns";
import { useGroups } from "../table/useRecords";
import type { ListControls } from "../useListState";
import { GroupRecords } from "./GroupRecords";
import styles from "./grouped.module.css";

export function GroupedPane({ object, list }: { object: ObjectSchema; list: ListControls }) {
  const { byKey } = useSchema();
  const columns = useMemo(() => tableColumns(byKey, object, list.columns), [byKey, object, list.columns]);
  return (
    <div className={styles.pane}>
      <Groups object={object} list={list} columns={columns} groups={list.groups} inside={null} />
    </div>
  );
}

interface GroupsProps {
  object: ObjectSchema;
  list: ListControls;
  columns: TableColumn[];
  groups: GroupBy[];
  inside: FilterNode | null;
}

function Groups({ object, list, columns, groups, inside }: GroupsProps) {
  const t = useT();
  const [by, ...rest] = groups;
  const sums = columns.filter((column) => column.own && column.field.measures.includes("sum")).slice(0, 4);
  const measures: MeasureSpec[] = [
    { op: "count", as: "count" },
    ...sums.map((column): MeasureSpec => ({ op: "sum", field: column.path, as: `sum_${column.path}` })),
  ];
  const found = useGroups(
    object.key,
    {
      filter: both(list.filter, inside),
      q: list.q || undefined,
      group: by ? [by.bucket ? { field: by.field, bucket: by.bucket as Bucket } : by.field] : [],
      measures,
      limit: 200,
    },
    { enabled: Boolean(by) },
  );
  if (!by) return <GroupRecords object={object} list={list} columns={columns} inside={inside} />;
  if (found.isPending) return <Skeleton active title={false} paragraph={{ rows: 6 }} className={styles.waiting} />;
  const rows = inOrder(found.data ?? [], by, object);
  return (
    <ul className={styles.groups}>
      {rows.length === 0 && <li className="gx-3">{t("groups.none")}</li>}
      {rows.map((row) => (
        <Group
          key={String(row.keys[by.field])}
          object={object}
          list={list}
          columns={columns}
          by={by}
          rest={rest}
          row={row}
          sums={sums}
          inside={both(inside, filterOf(by, row.keys[by.field]))}
        />
      ))}
    </ul>
  );
}

/** Options stand in their own order, everything else as the server sorted it. */
function inOrder(rows: GroupRow[], by: GroupBy, object: ObjectSchema): GroupRow[] {
  const order = object.fields.find((field) => field.key === by.field)?.options?.map((option) => option.value);
  if (!order) return rows;
  const place = (row: GroupRow) => {
    const at = order.indexOf(String(row.keys[by.field]));
    return at < 0 ? order.length : at;
  };
  return [...rows].sort((a, b) => place(a) - place(b));
}

interface GroupProps extends Omit<GroupsProps, "groups"> {
  by: GroupBy;
  rest: GroupBy[];
  row: GroupRow;
  sums: TableColumn[];
}

function Group({ object, list, columns, by, rest, row, sums, inside }: GroupProps) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const key = row.keys[by.field];
  const shown = row.labels[by.field];
  const name =
    key === null || key === undefined
      ? t("groups.empty")
      : by.bucket
        ? periodText(String(key), by.bucket)
        : typeof shown === "object" && shown !== null
          ? label(shown as Label)
          : typeof key === "boolean"
            ? t(key ? "sentence.yes" : "sentence.no")
            : String(shown ?? key);
  return (
    <li>
      <button type="button" className={styles.head} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon as={open ? ChevronDown : ChevronRight} size={14} />
        <b>{name}</b>
        <span className={styles.count}>{format.number(row.values.count ?? 0)}</span>
        <span className={styles.grow} />
        {sums.map((column) => (
          <span key={column.path} className={styles.sum}>
            <span className="gx-3">{label(column.field.label)} </span>
            {column.field.type === "money"
              ? format.moneyShort(row.values[`sum_${column.path}`] ?? 0)
              : format.number(row.values[`sum_${column.path}`] ?? 0)}
          </span>
        ))}
      </button>
      {open && (
        <div className={styles.body}>
          <Groups object={object} list={list} columns={columns} groups={rest} inside={inside} />
          {rest.length === 0 && (
            <Button type="link" size="small" onClick={() => list.patch({ filter: both(list.filter, inside) })}>
              {t("groups.only")}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
