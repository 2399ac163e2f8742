/** Records as cards with a picture: the cover, the title, the first facts of the view. */
import { Button, Skeleton } from "antd";
import { useMemo } from "react";
import { Link } from "react-router";
import type { FileRef, ObjectSchema, RecordData } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Logo } from "@/kit";
import { FieldRead, isBlank } from "../../fields";
import { recordPath } from "../../records/paths";
import { colorOf, marksOf } from "../colors";
import { isPicture } from "../kinds";
import { useT } from "../messages";
import { type TableColumn, tableColumns } from "../table/columns";
import { useRecords } from "../table/useRecords";
import type { ListControls } from "../useListState";
import styles from "./gallery.module.css";

const FACTS = 4;

export function GalleryPane({ object, list }: { object: ObjectSchema; list: ListControls }) {
  const t = useT();
  const { byKey } = useSchema();
  const columns = useMemo(() => tableColumns(byKey, object, list.columns), [byKey, object, list.columns]);
  const cover = list.cover ?? object.fields.find(isPicture)?.key;
  const paths = [object.title_field, ...(cover ? [cover] : []), ...columns.map((column) => column.path)];
  const found = useRecords(object.key, {
    filter: list.filter,
    sort: list.definition.sort ?? undefined,
    q: list.q || undefined,
    fields: [...new Set(paths)].join(","),
    limit: 60,
    marks: marksOf(list.colors),
  });
  if (found.isPending) return <Skeleton active paragraph={{ rows: 8 }} className={styles.waiting} />;
  const facts = columns.filter((column) => column.path !== object.title_field && column.path !== cover);
  return (
    <div className={styles.pane}>
      {found.records.length === 0 && <p className="gx-3">{t("gallery.none")}</p>}
      <ul className={styles.grid}>
        {found.records.map((record) => (
          <GalleryCard
            key={record.id}
            object={object}
            record={record}
            cover={cover}
            facts={facts}
            color={colorOf(record, list.colors)}
          />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button type="text" block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("gallery.more")}
        </Button>
      )}
    </div>
  );
}

interface CardProps {
  object: ObjectSchema;
  record: RecordData;
  cover: string | undefined;
  facts: TableColumn[];
  color: string | undefined;
}

function GalleryCard({ object, record, cover, facts, color }: CardProps) {
  const label = useLabel();
  const picture = firstPicture(cover ? record[cover] : undefined);
  const filled = facts.filter((column) => !isBlank(record[column.path])).slice(0, FACTS);
  return (
    <li className={styles.card} style={color ? { borderTopColor: color, borderTopWidth: 3 } : undefined}>
      <div className={styles.cover}>
        {picture ? <img src={picture.url} alt="" loading="lazy" /> : <Logo name={record.title} />}
      </div>
      <Link className={styles.title} to={recordPath(object.key, record.id)}>
        {record.title}
      </Link>
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
    </li>
  );
}

function firstPicture(value: unknown): FileRef | undefined {
  const file = (Array.isArray(value) ? value[0] : value) as FileRef | null | undefined;
  return file?.url ? file : undefined;
}
