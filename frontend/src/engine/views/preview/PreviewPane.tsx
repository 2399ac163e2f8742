import { Button, Skeleton } from "antd";
import { ChevronDown, ChevronUp, Maximize2, X } from "lucide-react";
import type { Count, ObjectSchema, RecordData } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { Icon, Kbd, useFormat } from "@/kit";
import { ActionButtons } from "../../records/actions/ActionButtons";
import { KeyFigures } from "../../records/KeyFigures";
import { askForLog, isLoggable } from "../../records/log-target";
import { MainFields } from "../../records/MainFields";
import { activitiesOf } from "../../records/meta";
import { RecordBadges } from "../../records/RecordBadges";
import { RecordLogo } from "../../records/RecordLogo";
import { NextTasks } from "../../records/related/NextTasks";
import { Timeline } from "../../records/timeline/Timeline";
import { useRecord } from "../../records/useRecord";
import { useT } from "../messages";
import styles from "./preview.module.css";

interface Props {
  object: ObjectSchema;
  id: string;
  records: RecordData[];
  total: Count | null;
  onMove: (id: string) => void;
  onClose: () => void;
  onFull: (id: string) => void;
  onEdit: (record: RecordData) => void;
}

/** The record beside its list: what one needs to decide, with the whole page one key away. */
export function PreviewPane({ object, id, records, total, onMove, onClose, onFull, onEdit }: Props) {
  const t = useT();
  const format = useFormat();
  const { objects } = useSchema();
  const logs = object.timeline && activitiesOf(object, objects).length > 0;
  const loggable = isLoggable(object, objects);
  const index = records.findIndex((record) => record.id === id);
  const { data: record, isPlaceholderData } = useRecord(object.key, id, records[index]);
  const go = (by: number) => {
    const next = records[index + by];
    if (next) onMove(next.id);
  };
  return (
    <aside className={styles.pane} aria-label={t("preview.label", { name: record?.title ?? "" })}>
      <div className={styles.top}>
        <Button
          type="text"
          icon={<Icon as={ChevronUp} />}
          aria-label={t("preview.previous")}
          disabled={index <= 0}
          onClick={() => go(-1)}
        />
        <Button
          type="text"
          icon={<Icon as={ChevronDown} />}
          aria-label={t("preview.next")}
          disabled={index < 0 || index >= records.length - 1}
          onClick={() => go(1)}
        />
        {index >= 0 && (
          <span className="gx-s12 gx-2">
            {t("preview.position", { n: format.number(index + 1), total: format.count(total) })}
          </span>
        )}
        <span className={styles.grow} />
        <Button type="text" icon={<Icon as={Maximize2} size={14} />} onClick={() => onFull(id)}>
          {t("preview.full")} <Kbd>enter</Kbd>
        </Button>
        <Button type="text" icon={<Icon as={X} />} aria-label={t("preview.close")} onClick={onClose} />
      </div>
      {record ? (
        <div className={styles.body}>
          <div className={styles.head}>
            <RecordLogo object={object} title={record.title} size="lg" />
            <div className={styles.names}>
              <h2>{record.title}</h2>
              <RecordBadges object={object} record={record} />
            </div>
          </div>
          <div className={styles.actions}>
            <ActionButtons
              object={object}
              record={record}
              onEdit={() => onEdit(record)}
              onLog={
                loggable
                  ? () => askForLog({ object: object.key, id, title: record.title })
                  : logs
                    ? () => onFull(id)
                    : undefined
              }
              compact
            />
          </div>
          <KeyFigures object={object} record={record} most={4} />
          {!isPlaceholderData && (
            <>
              <NextTasks object={object} record={record} most={2} heading />
              <section className={styles.section}>
                <h3>{t("preview.main")}</h3>
                <MainFields object={object} record={record} most={10} />
              </section>
              {object.timeline && (
                <section className={styles.section}>
                  <h3>{t("preview.recent")}</h3>
                  <Timeline object={object} record={record} brief />
                </section>
              )}
            </>
          )}
        </div>
      ) : (
        <div className={styles.body}>
          <Skeleton active title={false} avatar paragraph={{ rows: 8 }} />
        </div>
      )}
    </aside>
  );
}
