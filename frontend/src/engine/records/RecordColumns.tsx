import type { ObjectSchema, RecordData, ShownLayout } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { Composer } from "./Composer";
import { cardsFor } from "./cards";
import { FieldSections } from "./FieldSections";
import { ConsentCard } from "./lazy";
import { useT } from "./messages";
import { activityKind } from "./meta";
import { RecordPanels } from "./panels";
import { RecordLines } from "./RecordLines";
import styles from "./records.module.css";
import { NextTasks } from "./related/NextTasks";
import { RelatedList } from "./related/RelatedList";
import { Timeline } from "./timeline/Timeline";
import { useRecordLayout } from "./useRecordLayout";

/** Facts left, what happened in the middle, what belongs to it right. Each column scrolls for itself. */
export function RecordColumns({ object, record }: { object: ObjectSchema; record: RecordData }) {
  const t = useT();
  const { layout } = useRecordLayout(object, record);
  const related = useRelatedLists(object, layout);
  return (
    <div className={styles.columns} data-related={related.length > 0} data-timeline={object.timeline}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={styles.left} tabIndex={0} aria-label={t("page.fields")}>
        {cardsFor(object).map(({ key, Card }) => (
          <Card key={key} object={object} record={record} />
        ))}
        <FieldSections object={object} record={record} lines={!object.timeline} />
        <ConsentCard object={object} record={record} />
        <RecordPanels object={object} record={record} />
      </section>
      {object.timeline && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className={styles.middle} tabIndex={0} aria-label={t("page.timeline")}>
          <RecordLines object={object} record={record} layout={layout} />
          <Composer object={object} record={record} />
          {related.length === 0 && <NextTasks object={object} record={record} most={3} heading />}
          <Timeline object={object} record={record} />
        </section>
      )}
      {related.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <aside className={styles.right} tabIndex={0} aria-label={t("page.related")}>
          <NextTasks object={object} record={record} most={5} />
          {related.map((each) => (
            <RelatedList key={`${each.object}.${each.field}`} related={each} record={record} />
          ))}
        </aside>
      )}
    </div>
  );
}

/**
 * The related lists in the order of the layout. Without one: activities have their place in the timeline, and of several
 * links to one object the first names the list.
 */
export function useRelatedLists(object: ObjectSchema, layout?: ShownLayout) {
  const { byKey } = useSchema();
  const chosen = layout?.related;
  if (chosen)
    return chosen.flatMap(
      (each) => object.related.find((one) => one.object === each.object && one.field === each.field) ?? [],
    );
  const seen = new Set<string>();
  return object.related.filter((each) => {
    const other = byKey.get(each.object);
    const link = other?.fields.find((field) => field.key === each.field);
    if (!other || activityKind(other) || link?.readonly || seen.has(each.object)) return false;
    seen.add(each.object);
    return true;
  });
}
