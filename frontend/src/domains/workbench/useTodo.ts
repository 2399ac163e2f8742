/** What I should do now: tasks that are due, people to contact, deals that stand still, in one list by urgency. */
import { useMemo } from "react";
import { type Count, type Page, type RecordData, useSchema } from "@/api";
import { useLabel } from "@/i18n";
import { type Format, useFormat } from "@/kit";
import { dueContacts, dueTasks, type Scope, stagesOf, stalledDeals } from "./filters";
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
  const asked = (object: string) => {
    const schema = byKey.get(object);
    return { filter: schema ? dueContacts(schema, scope) : null, sort: "next_contact_at", limit: LIMIT };
  };
  const tasks = useTop(
    "task",
    { filter: byKey.has("task") ? dueTasks(scope) : null, sort: "due_at", limit: LIMIT },
    enabled,
  );
  const customers = useTop("customer", asked("customer"), enabled);
  const leads = useTop("lead", asked("lead"), enabled);
  const deals = useTop("opportunity", asked("opportunity"), enabled);
  const stalled = useTop(
    "opportunity",
    {
      filter: stalledDeals(opportunity, scope),
      sort: "stage_entered_at",
      limit: LIMIT,
    },
    enabled,
  );

  const answers = [tasks, customers, leads, deals, stalled];
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

  const contacts = [customers, leads, deals];
  const complete = (answer: { data?: Page<RecordData> }) => !answer.data?.page.next;
  const late = items.filter((item) => item.kind !== "stalled" && item.late > 0).length;
  const today = items.filter((item) => item.kind !== "stalled" && item.late === 0).length;
  const dated = [tasks, ...contacts].every(complete);
  const counts: Record<TodoTab, Count> = {
    all: total(answers),
    overdue: { value: late, exact: dated },
    today: { value: today, exact: dated },
    contact: total(contacts),
    stalled: total([stalled]),
  };
  return { items, counts, pending: answers.some((answer) => answer.isLoading) };
}

/** What the server counts, not what was loaded. */
function total(answers: { data?: Page<RecordData> }[]): Count {
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
