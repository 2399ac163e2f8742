/** What the workbench asks for, as filter trees: the same trees go into the links, so a figure and its list agree. */
import type { FilterNode, ObjectSchema, Option } from "@/api";
import { fieldOf } from "@/api";

export type Scope = "mine" | "team" | "all";
export type Period = "today" | "week" | "month";

const WINDOW: Record<Period, string> = { today: "today", week: "this_week", month: "this_month" };

const leaf = (field: string, op: string, value?: unknown): FilterNode =>
  value === undefined ? { field, op } : { field, op, value };

export function all(...nodes: (FilterNode | null)[]): FilterNode {
  const kept = nodes.filter((node): node is FilterNode => node !== null);
  const [only] = kept;
  return kept.length === 1 && only ? only : { and: kept };
}

export function ownedBy(scope: Scope): FilterNode | null {
  if (scope === "mine") return leaf("owner", "is", "me");
  return scope === "team" ? leaf("owner", "within", "my_teams") : null;
}

export const within = (field: string, period: Period) => leaf(field, "within", WINDOW[period]);
export const lastDays = (field: string, days: number) => leaf(field, "on_or_after", { relative: `-${days}d` });
export const isStatus = (value: string) => leaf("status", "is", value);

export const dueTasks = (scope: Scope) =>
  all(ownedBy(scope), isStatus("open"), leaf("due_at", "on_or_before", { relative: "today" }));

/** Of those, the ones whose day is over. */
export const before = (filter: FilterNode, field: string) => all(filter, leaf(field, "before", { relative: "today" }));

/** Who is to be contacted by now. Leads that are settled and deals that are closed do not count. */
export function dueContacts(object: ObjectSchema, scope: Scope): FilterNode | null {
  if (!fieldOf(object, "next_contact_at")) return null;
  return all(ownedBy(scope), leaf("next_contact_at", "on_or_before", { relative: "today" }), stillOpen(object));
}

export function nextContacts(scope: Scope): FilterNode {
  return all(ownedBy(scope), leaf("next_contact_at", "within", "next_7_days"));
}

function stillOpen(object: ObjectSchema): FilterNode | null {
  if (object.key === "lead") return leaf("status", "not_in", ["converted", "disqualified"]);
  return object.key === "opportunity" ? isStatus("open") : null;
}

export function stagesOf(opportunity: ObjectSchema | undefined): Option[] {
  return fieldOf(opportunity, "stage")?.options ?? [];
}

/** Deals that stay longer in their stage than the stage says. Null where no stage has an expectation. */
export function stalledDeals(opportunity: ObjectSchema | undefined, scope: Scope): FilterNode | null {
  if (!fieldOf(opportunity, "stage_entered_at")) return null;
  const stages = stagesOf(opportunity).filter((stage) => (stage.kind ?? "open") === "open" && stage.expected_days);
  if (stages.length === 0) return null;
  const perStage = stages.map((stage) =>
    all(leaf("stage", "is", stage.value), leaf("stage_entered_at", "before", { relative: `-${stage.expected_days}d` })),
  );
  return all(ownedBy(scope), { or: perStage });
}

export const closingThisMonth = (scope: Scope) =>
  all(ownedBy(scope), isStatus("open"), {
    or: [
      leaf("expected_close_date", "within", "this_month"),
      leaf("expected_close_date", "before", { relative: "today" }),
    ],
  });

export const openDeals = (scope: Scope) => all(ownedBy(scope), isStatus("open"));

export const wonDeals = (scope: Scope, period: Period) =>
  all(ownedBy(scope), isStatus("won"), within("close_date", period));

/** The nightly run of public pools says when a record is going to fall into one. */
export const falling = (scope: Scope) => all(ownedBy(scope), leaf("pool_due_at", "is_not_empty"));

export const waitingForApproval = (scope: Scope) => all(ownedBy(scope), isStatus("pending"));

export const forgotten = (scope: Scope) =>
  all(ownedBy(scope), {
    or: [
      leaf("last_contact_at", "before", { relative: "-30d" }),
      all(leaf("last_contact_at", "is_empty"), leaf("created_at", "before", { relative: "-30d" })),
    ],
  });
