/** Records as a calendar draws them, and what a move makes of their dates. */
import dayjs from "dayjs";
import type { Field, FilterNode, RecordData } from "@/api/types";

export interface CalendarEvent {
  id: string;
  title: string;
  start: string;
  end?: string;
  allDay: boolean;
  color?: string;
  extendedProps: { record: RecordData };
}

/** The records that touch the days from `from` up to, not including, `to`. */
export function within(start: string, end: string | undefined, range: { from: string; to: string }): FilterNode {
  const begun: FilterNode = { field: start, op: "before", value: range.to };
  const fresh: FilterNode = { field: start, op: "on_or_after", value: range.from };
  if (!end) return { and: [begun, fresh] };
  return { and: [begun, { or: [fresh, { field: end, op: "on_or_after", value: range.from }] }] };
}

export function eventsOf(
  records: readonly RecordData[],
  start: Field,
  end: Field | undefined,
  color: (record: RecordData) => string | undefined,
): CalendarEvent[] {
  return records.flatMap((record) => {
    const from = record[start.key];
    if (typeof from !== "string") return [];
    const to = end ? record[end.key] : undefined;
    const allDay = start.type === "date" || (end !== undefined && end.type === "date");
    const last = typeof to === "string" && to >= from ? to : undefined;
    const event: CalendarEvent = {
      id: record.id,
      title: record.title,
      start: allDay ? from.slice(0, 10) : from,
      allDay,
      extendedProps: { record },
    };
    // A calendar's end is the first moment after; people mean the last day itself.
    if (last) event.end = allDay ? dayjs(last.slice(0, 10)).add(1, "day").format("YYYY-MM-DD") : last;
    const shade = color(record);
    if (shade) event.color = shade;
    return [event];
  });
}

/** A date or moment moved by days; the time of day stays. */
export function movedValue(value: unknown, days: number): unknown {
  if (typeof value !== "string") return value;
  if (value.length === 10) return dayjs(value).add(days, "day").format("YYYY-MM-DD");
  return dayjs(value).add(days, "day").toISOString();
}
