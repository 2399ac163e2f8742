import { Button, Skeleton } from "antd";
import { Link } from "react-router";
import type { FilterNode, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { FieldRead } from "../../fields";
import { recordPath } from "../../records/paths";
import { colorOf, marksOf } from "../colors";
import { both } from "../filter/tree";
import { useT } from "../messages";
import type { TableColumn } from "../table/columns";
import { useRecords } from "../table/useRecords";
import type { ListControls } from "../useListState";
import styles from "./grouped.module.css";

interface Props {
  object: ObjectSchema;
  list: ListControls;
  columns: TableColumn[];
  inside: FilterNode | null;
}

/** The records of one group, a page at a time. */
export function GroupRecords({ object, list, columns, inside }: Props) {
  const t = useT();
  const label = useLabel();
  const found = useRecords(object.key, {
    filter: both(list.filter, inside),
    sort: list.definition.sort ?? undefined,
    q: list.q || undefined,
    fields: [...new Set([object.title_field, ...columns.map((column) => column.path)])].join(","),
    limit: 50,
    marks: marksOf(list.colors),
  });
  if (found.isPending) return <Skeleton active title={false} paragraph={{ rows: 3 }} />;
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.path} scope="col" data-end={column.align === "end" || undefined}>
                {label(column.field.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.records.map((record) => {
            const color = colorOf(record, list.colors);
            return (
              <tr key={record.id} style={color ? { boxShadow: `inset 3px 0 ${color}` } : undefined}>
                {columns.map((column) => (
                  <td key={column.path} data-end={column.align === "end" || undefined}>
                    {column.path === object.title_field ? (
                      <Link className="gx-link" to={recordPath(object.key, record.id)}>
                        {record.title}
                      </Link>
                    ) : (
                      <FieldRead field={column.field} value={record[column.path]} record={record} place="cell" />
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {found.hasNextPage && (
        <Button type="link" size="small" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("groups.more")}
        </Button>
      )}
    </>
  );
}
