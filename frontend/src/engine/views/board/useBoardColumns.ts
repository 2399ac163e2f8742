import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { Field, FilterNode, MeasureSpec, ObjectSchema, Option, Page, Pipeline, RecordData } from "@/api/types";
import { both } from "../filter/tree";
import { useGroups } from "../table/useRecords";
import type { ListControls } from "../useListState";
import { NONE } from "./useBoard";

export interface BoardFields {
  amount: Field | undefined;
  since: Field | undefined;
  next: Field | undefined;
  customer: Field | undefined;
}

/** What a card shows, found by type and by the object's own hints, never by object. */
export function boardFields(object: ObjectSchema): BoardFields {
  const { fields } = object;
  const times = fields.filter((field) => field.type === "datetime" || field.type === "date");
  return {
    amount: fields.find((field) => field.type === "money" && field.measures.includes("sum")),
    since: times.find(
      (field) => field.config.role === "stage_since" || /^stage_(since|entered_at|changed_at)$/.test(field.key),
    ),
    next: times.find((field) => field.config.role === "next_activity" || /^next_/.test(field.key)),
    customer:
      fields.find((field) => field.type === "link" && field.required) ?? fields.find((field) => field.type === "link"),
  };
}

export function usePipelines(object: ObjectSchema) {
  const staged = object.fields.some((field) => field.type === "stage");
  return useQuery({
    queryKey: keys.pipelines(object.key),
    queryFn: async ({ signal }) =>
      (await api.get<Page<Pipeline>>("/pipelines", { query: { object: object.key }, signal })).data,
    enabled: staged,
    staleTime: 5 * 60_000,
  });
}

/** Stage keys repeat between pipelines, so a board of one pipeline asks for that one. */
export function inPipeline(
  object: ObjectSchema,
  filter: FilterNode | null,
  pipeline: Pipeline | undefined,
  several: boolean,
): FilterNode | null {
  const field = object.fields.find((each) => each.key === "pipeline" && each.type === "select");
  if (!field || !pipeline || !several) return filter;
  return both(filter, { field: field.key, op: "is", value: pipeline.key });
}

export interface ColumnInfo {
  key: string;
  option: Option | null;
}

/** The columns in order: the stages of one pipeline, or the options of the chosen field. */
export function columnsOf(
  field: Field,
  pipeline: Pipeline | undefined,
  figures: ReadonlyMap<string, Figures>,
): ColumnInfo[] {
  const options = field.options ?? [];
  if (field.type === "user" || field.type === "link") return referredColumns(figures);
  if (pipeline && field.type === "stage") {
    return pipeline.stages.map((stage) => {
      const option = options.find(
        (each) => each.value === stage.key && (!each.pipeline || each.pipeline === pipeline.key),
      );
      const { name: label, key: value, ...rest } = stage;
      return { key: stage.key, option: option ?? { value, label, ...rest, pipeline: pipeline.key } };
    });
  }
  const columns: ColumnInfo[] = options.map((option) => ({ key: option.value, option }));
  return field.required ? columns : [...columns, { key: NONE, option: null }];
}

/** People and records that something refers to, the most referred to first; the board does not grow without end. */
function referredColumns(figures: ReadonlyMap<string, Figures>): ColumnInfo[] {
  const rows = [...figures].sort(([, a], [, b]) => b.count - a.count);
  return rows.slice(0, MOST_COLUMNS).map(([key, { name }]) => ({
    key,
    option: key === NONE ? null : { value: key, label: { "zh-CN": name ?? key, en: name ?? key }, color: "" },
  }));
}

const MOST_COLUMNS = 30;

export interface Figures {
  count: number;
  sum: number;
  /** Of a person or record that is a column. */
  name?: string;
}

/** Count and sum of every column in one question. */
export function useFigures(object: ObjectSchema, list: ListControls, field: string, amount: Field | undefined) {
  const measures: MeasureSpec[] = [{ op: "count", as: "count" }];
  if (amount) measures.push({ op: "sum", field: amount.key, as: "sum" });
  const groups = useGroups(object.key, { filter: list.filter, q: list.q || undefined, group: [field], measures });
  const figures = new Map<string, Figures>();
  for (const row of groups.data ?? []) {
    const key = row.keys[field];
    figures.set(typeof key === "string" && key ? key : NONE, {
      count: row.values.count ?? 0,
      sum: row.values.sum ?? 0,
      name: typeof row.labels[field] === "string" ? row.labels[field] : undefined,
    });
  }
  return figures;
}

/** What a record adds to its column's sum, which is in the workspace's currency (`home`). */
export const amountOf =
  (amount: Field | undefined, home: string) =>
  (record: RecordData): number => {
    const value = Number((amount && record[amount.key]) ?? 0) || 0;
    const foreign = typeof record.currency === "string" && record.currency !== home;
    return foreign && "rate" in record ? value * (Number(record.rate) || 0) : value;
  };
