/**
 * Records on their days. What is on screen is asked for, no more; dragging one gives it its new date.
 *
 * A record with an end lasts until then. The time of day is kept when a day changes.
 */
import FullCalendar, {
  type DateClickInfo,
  type DatesSetInfo,
  type EventClickInfo,
  type EventDropInfo,
} from "@fullcalendar/react";
import dayGrid from "@fullcalendar/react/daygrid";
import interaction from "@fullcalendar/react/interaction";
import listPlugin from "@fullcalendar/react/list";
import zh from "@fullcalendar/react/locales/zh-cn";
import classic from "@fullcalendar/react/themes/classic";
import "@fullcalendar/react/skeleton.css";
import "@fullcalendar/react/themes/classic/theme.css";
import "@fullcalendar/react/themes/classic/palette.css";
import { App } from "antd";
import { useEffect, useMemo, useState } from "react";
import { useNavigate } from "react-router";
import type { FilterNode, ObjectSchema, RecordData } from "@/api/types";
import { problemText, useFormat, useIsPhone } from "@/kit";
import { recordPath } from "../../records/paths";
import { useUpdateRecord } from "../../records/useRecord";
import { colorOf, marksOf } from "../colors";
import { both } from "../filter/tree";
import { Preview } from "../lazy";
import { useT } from "../messages";
import pageStyles from "../page.module.css";
import { useRecords } from "../table/useRecords";
import type { ListControls } from "../useListState";
import styles from "./calendar.module.css";
import { eventsOf, movedValue, within } from "./events";

interface Props {
  object: ObjectSchema;
  list: ListControls;
  onCreate: (values: Record<string, unknown>) => void;
}

const PAGE = 200;
const MOST_PAGES = 5;

export function CalendarPane({ object, list, onCreate }: Props) {
  const t = useT();
  const phone = useIsPhone();
  const { locale, timeZone } = useFormat();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [range, setRange] = useState<{ from: string; to: string } | null>(null);
  const start = object.fields.find((field) => field.key === list.groupBy);
  const end = object.fields.find((field) => field.key === list.end);
  const update = useUpdateRecord(object.key);
  const shown: FilterNode | null = start && range ? within(start.key, end?.key, range) : null;
  const fields = [object.title_field, start?.key, end?.key].filter((key): key is string => Boolean(key));
  const found = useRecords(
    object.key,
    {
      filter: both(list.filter, shown),
      sort: start?.key,
      q: list.q || undefined,
      fields: fields.join(","),
      limit: PAGE,
      marks: marksOf(list.colors),
    },
    Boolean(shown),
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage, data } = found;
  const pages = data?.pages.length ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && pages < MOST_PAGES) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, pages]);
  const events = useMemo(
    () => (start ? eventsOf(found.records, start, end, (record) => colorOf(record, list.colors)) : []),
    [found.records, start, end, list.colors],
  );
  if (!start) return null;
  const movable = object.can.edit && !start.readonly;
  const drop = (info: EventDropInfo) => {
    const record = info.event.extendedProps.record as RecordData;
    const days = info.delta.days;
    const values: Record<string, unknown> = { [start.key]: movedValue(record[start.key], days) };
    if (end && record[end.key]) values[end.key] = movedValue(record[end.key], days);
    update.mutate(
      { record, values },
      {
        onError: (error) => {
          info.revert();
          message.error(problemText(error));
        },
      },
    );
  };
  return (
    <div className={pageStyles.pane}>
      <div className={styles.calendar}>
        <FullCalendar
          plugins={[classic, dayGrid, listPlugin, interaction]}
          initialView={phone ? "listMonth" : "dayGridMonth"}
          headerToolbar={{
            start: "prev,next today",
            center: "title",
            end: phone ? "" : "dayGridMonth,dayGridWeek,listMonth",
          }}
          locale={locale === "zh-CN" ? zh : "en"}
          timeZone={timeZone}
          firstDay={1}
          height="100%"
          dayMaxEvents
          events={events}
          editable={movable}
          eventDurationEditable={false}
          datesSet={(info: DatesSetInfo) =>
            setRange({ from: info.startStr.slice(0, 10), to: info.endStr.slice(0, 10) })
          }
          eventClick={(info: EventClickInfo) => {
            info.jsEvent.preventDefault();
            if (phone) navigate(recordPath(object.key, info.event.id));
            else list.setOpen(info.event.id);
          }}
          eventDrop={drop}
          dateClick={(info: DateClickInfo) => {
            if (object.can.create && !start.readonly) onCreate({ [start.key]: info.dateStr });
          }}
        />
      </div>
      {found.hasNextPage && pages >= MOST_PAGES && <p className={styles.more}>{t("calendar.more")}</p>}
      {!phone && list.open && (
        <Preview
          object={object}
          id={list.open}
          records={found.records}
          total={found.count}
          onMove={(id: string) => list.setOpen(id, true)}
          onClose={() => list.setOpen(null)}
          onFull={(id: string) => navigate(recordPath(object.key, id))}
          onEdit={(record: RecordData) => navigate(recordPath(object.key, record.id))}
        />
      )}
    </div>
  );
}
