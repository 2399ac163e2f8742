/** What I should do now: tasks that are due, people to contact, deals that stand still, in one list by urgency. */
import { useMemo } from "react";
import { type Count, type FilterNode, type Page, type RecordData, useSchema } from "@/api";
import { useLabel } from "@/i18n";
import { type Format, useFormat } from "@/kit";
import { before, dueContacts, dueTasks, type Scope, stagesOf, stalledDeals } from "./filters";
import { useTop } from "./queries";

export type TodoKind = "task" | "contact" | "stalled";

export const TODO_TABS = ["all", "overdue", "today", "contact", "stalled"] as const;
export type TodoTab = (typeof TODO_TABS)[number];

export interface TodoItem {
  id: string;
  kind: TodoKind;
  record: RecordData;
  /** Days late; 0 is today. For deals, the days beyond what the stage allows. */
  late: number;
  at: string | null;
  stage?: string;
  daysInStage?: number;
}

const LIMIT = 50;

export function useTodo(scope: Scope, enabled = true) {
  const { byKey } = useSchema();
  const format = useFormat();
  const label = useLabel();
  const opportunity = byKey.get("opportunity");
  const contacts = (object: string) => {
    const schema = byKey.get(object);
    return schema ? dueContacts(schema, scope) : null;
  };
  const dueNow = byKey.has("task") ? dueTasks(scope) : null;
  const dated = [
    useDue("task", "due_at", dueNow, enabled),
    useDue("customer", "next_contact_at", contacts("customer"), enabled),
    useDue("lead", "next_contact_at", contacts("lead"), enabled),
    useDue("opportunity", "next_contact_at", contacts("opportunity"), enabled),
  ] as const;
  const [tasks, customers, leads, deals] = dated;
  const stalled = useTop(
    "opportunity",
    {
      filter: stalledDeals(opportunity, scope),
      sort: "stage_entered_at",
      limit: LIMIT,
    },
    enabled,
  );

  const items = useMemo(() => {
    const stages = new Map(stagesOf(opportunity).map((stage) => [stage.value, stage]));
    const found: TodoItem[] = [
      ...rows(tasks.data).map((record) => datedItem("task", record, record.due_at, format)),
      ...[customers.data, leads.data, deals.data].flatMap((page) =>
        rows(page).map((record) => datedItem("contact", record, record.next_contact_at, format)),
      ),
      ...rows(stalled.data).map((record): TodoItem => {
        const stage = stages.get(String(record.stage));
        const days = -(format.daysFromToday(String(record.stage_entered_at)) ?? 0);
        return {
          id: `stalled:${record.id}`,
          kind: "stalled",
          record,
          late: Math.max(days - (stage?.expected_days ?? 0), 0),
          at: null,
          stage: label(stage?.label),
          daysInStage: days,
        };
      }),
    ];
    return found.sort(byUrgency);
  }, [tasks.data, customers.data, leads.data, deals.data, stalled.data, opportunity, format, label]);

  const due = total(dated);
  const late = total(dated.map((answer) => ({ data: answer.data && { page: { count: answer.late } } })));
  const counts: Record<TodoTab, Count> = {
    all: total([...dated, stalled]),
    overdue: late,
    today: { value: Math.max(due.value - late.value, 0), exact: due.exact && late.exact },
    contact: total([customers, leads, deals]),
    stalled: total([stalled]),
  };
  return { items, counts, pending: [...dated, stalled].some((answer) => answer.isLoading) };
}

/** The first records that are due, and how many of all of them are late: asked for only where not all were loaded. */
function useDue(object: string, at: string, filter: FilterNode | null, enabled: boolean) {
  const { daysFromToday } = useFormat();
  const { data, isLoading } = useTop(object, { filter, sort: at, limit: LIMIT }, enabled);
  const more = data?.page.next != null;
  const overdue = useTop(object, { filter: filter && before(filter, at), limit: 1 }, enabled && more);
  const loaded = rows(data).filter((record) => (daysFromToday(String(record[at])) ?? 0) < 0).length;
  const late: Count = (more && overdue.data?.page.count) || { value: loaded, exact: !more };
  return { data, isLoading, late };
}

/** What the server counts, not what was loaded. */
function total(answers: readonly { data?: { page: Pick<Page<RecordData>["page"], "count"> } }[]): Count {
  const counts = answers.map((answer) => answer.data?.page.count).filter((count) => count != null);
  return { value: counts.reduce((sum, count) => sum + count.value, 0), exact: counts.every((count) => count.exact) };
}

function rows(page: { data: RecordData[] } | undefined): RecordData[] {
  return page?.data ?? [];
}

function datedItem(kind: TodoKind, record: RecordData, at: unknown, format: Format): TodoItem {
  const when = typeof at === "string" ? at : null;
  return {
    id: `${kind}:${record.object}:${record.id}`,
    kind,
    record,
    late: Math.max(-(format.daysFromToday(when) ?? 0), 0),
    at: when,
  };
}

/** Promises first (the latest first), then what is due today by the clock, then deals by how far they are over. */
function byUrgency(a: TodoItem, b: TodoItem): number {
  const tier = (item: TodoItem) => (item.kind === "stalled" ? 2 : item.late > 0 ? 0 : 1);
  return tier(a) - tier(b) || (tier(a) === 1 ? String(a.at).localeCompare(String(b.at)) : b.late - a.late);
}
