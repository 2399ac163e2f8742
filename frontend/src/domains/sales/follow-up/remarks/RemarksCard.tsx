import type { ObjectSchema, RecordData } from "@/api/types";
import { Card } from "@/kit";
import { useT } from "./messages";
import { useRemarks } from "./queries";
import { RemarkBox } from "./RemarkBox";
import { RemarkList } from "./RemarkList";
import styles from "./remarks.module.css";

/** What colleagues say about a follow-up or a report. */
export function RemarksCard({ object, record }: { object: ObjectSchema; record: RecordData }) {
  const t = useT();
  const { data = [] } = useRemarks(object.key, record.id);
  return (
    <Card title={t("title")} count={data.length || undefined} className={styles.card}>
      <RemarkList object={object.key} id={record.id} remarks={data} />
      <RemarkBox object={object.key} id={record.id} />
    </Card>
  );
}
