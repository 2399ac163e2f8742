/** What the metadata says about an object beyond its fields: which objects are activities, which field leads where. */
import type { ActionSchema, Field, ObjectSchema, RecordData } from "@/api/types";

interface MoreOfObject {
  activity_kind?: string | null;
  default_sort?: string | null;
}
interface MoreOfAction {
  fields?: Field[];
  deleted?: boolean;
}

export const activityKind = (object: ObjectSchema): string | null =>
  (object as ObjectSchema & MoreOfObject).activity_kind ?? (FALLBACK_ACTIVITIES.has(object.key) ? object.key : null);

export const defaultSort = (object: ObjectSchema): string | null =>
  (object as ObjectSchema & MoreOfObject).default_sort ?? null;

/** Servers older than `activity_kind` still have these four. */
const FALLBACK_ACTIVITIES = new Set(["note", "call", "task", "event"]);

/** The link of `from` that leads to `to`, the one a new record is filed under. */
export function linkTo(from: ObjectSchema, to: ObjectSchema): Field | undefined {
  return from.fields.find((field) => field.type === "link" && field.target === to.key && !field.readonly);
}

/** The activities that can be written down about a record of this object. */
export function activitiesOf(object: ObjectSchema, objects: readonly ObjectSchema[]): ObjectSchema[] {
  return objects
    .filter((each) => activityKind(each) && each.can.create && linkTo(each, object))
    .sort((a, b) => ORDER.indexOf(activityKind(a) ?? "") - ORDER.indexOf(activityKind(b) ?? ""));
}

const ORDER = ["note", "call", "visit", "task", "event"];

export const actionFields = (action: ActionSchema): Field[] | undefined =>
  (action as ActionSchema & MoreOfAction).fields;

/** Actions for deleted records (restore) belong to the recycle bin. */
export const isShown = (action: ActionSchema): boolean =>
  !(action as ActionSchema & MoreOfAction).deleted && action.key !== "restore" && action.key !== "merge";

/** Whether the record is in a state that the action is for. */
export const isFor = (action: ActionSchema, record: RecordData): boolean =>
  !action.when || action.when.values.includes(String(record[action.when.field] ?? ""));

/** The record's own link as a value, for a form that opens with it filled in. */
export const asLink = (record: { id: string; title: string; object: string }) => ({
  id: record.id,
  title: record.title,
  object: record.object,
});
