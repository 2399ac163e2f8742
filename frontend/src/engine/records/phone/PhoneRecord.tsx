import { Button, Drawer } from "antd";
import { NotebookPen } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { ObjectSchema, RecordData } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Icon, Tabs } from "@/kit";
import { Composer } from "../Composer";
import { cardsFor } from "../cards";
import { FieldSections } from "../FieldSections";
import { KeyFigures } from "../KeyFigures";
import { ConsentCard } from "../lazy";
import { askForLog, isLoggable } from "../log-target";
import { useT } from "../messages";
import { activitiesOf } from "../meta";
import { RecordPanels } from "../panels";
import { useRelatedLists } from "../RecordColumns";
import { NextTasks } from "../related/NextTasks";
import { RelatedList } from "../related/RelatedList";
import { StagePath } from "../StagePath";
import { Timeline } from "../timeline/Timeline";
import { useRecordLayout } from "../useRecordLayout";
import styles from "./phone.module.css";

/** One thing under the other, the rest in tabs, and logging always under the thumb. */
export function PhoneRecord({
  object,
  record,
  actions,
}: {
  object: ObjectSchema;
  record: RecordData;
  actions: ReactNode;
}) {
  const t = useT();
  const label = useLabel();
  const { byKey, objects } = useSchema();
  const [logging, setLogging] = useState(false);
  const { layout } = useRecordLayout(object, record);
  const related = useRelatedLists(object, layout);
  const canLog = object.timeline && activitiesOf(object, objects).length > 0;
  const loggable = isLoggable(object, objects);
  const items = [
    ...(object.timeline
      ? [{ key: "timeline", label: t("page.timeline_short"), children: <Timeline object={object} record={record} /> }]
      : []),
    {
      key: "fields",
      label: t("page.fields_short"),
      children: (
        <>
          {cardsFor(object).map(({ key, Card }) => (
            <Card key={key} object={object} record={record} />
          ))}
          <FieldSections object={object} record={record} />
          <ConsentCard object={object} record={record} />
          <RecordPanels object={object} record={record} />
        </>
      ),
    },
    ...related.map((each) => ({
      key: `${each.object}.${each.field}`,
      label: label(byKey.get(each.object)?.label_plural),
      children: <RelatedList related={each} record={record} />,
    })),
  ];
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={styles.body} tabIndex={0} aria-label={record.title}>
        <div className={styles.actions}>{actions}</div>
        <div className={styles.card}>
          <KeyFigures object={object} record={record} most={3} />
        </div>
        <StagePath object={object} record={record} />
        <NextTasks object={object} record={record} most={2} heading />
        <Tabs items={items} label={record.title} />
      </section>
      {canLog && (
        <div className={styles.sticky}>
          <Button
            type="primary"
            size="large"
            block
            icon={<Icon as={NotebookPen} />}
            onClick={() =>
              loggable ? askForLog({ object: object.key, id: record.id, title: record.title }) : setLogging(true)
            }
          >
            {t("action.log")}
          </Button>
        </div>
      )}
      <Drawer
        open={logging}
        onClose={() => setLogging(false)}
        placement="bottom"
        size="auto"
        title={t("action.log")}
        rootClassName={styles.sheet}
        destroyOnHidden
      >
        <p className={styles.who}>{record.title}</p>
        <Composer object={object} record={record} phone onSaved={() => setLogging(false)} />
      </Drawer>
    </>
  );
}
