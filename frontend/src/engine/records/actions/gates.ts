/**
 * Actions that are for some records only, as the server alone can tell: shown once it has said so.
 *
 * A domain calls `addActionGate` when the router is made. What a field of the record says is no matter for a gate: that
 * is the action's own `when`.
 */
import { type UseQueryOptions, useQueries } from "@tanstack/react-query";
import type { ActionSchema, ObjectSchema, RecordData } from "@/api/types";

type Asked = UseQueryOptions<unknown, Error, boolean>;

const gates = new Map<string, (record: RecordData) => Asked>();

/** `ask` gives the query (with the key of what the page asks for anyway, where it does) and what is read of its answer. */
export function addActionGate<T>(
  object: string,
  action: string,
  ask: (record: RecordData) => UseQueryOptions<T, Error, boolean>,
): void {
  gates.set(`${object}.${action}`, ask as unknown as (record: RecordData) => Asked);
}

/** Those of `actions` that the record is for: without a gate, or with an open one. */
export function useOpen(object: ObjectSchema, record: RecordData, actions: ActionSchema[]): ActionSchema[] {
  const gated = actions.filter((action) => gates.has(`${object.key}.${action.key}`));
  const answers = useQueries({
    queries: gated.map((action) => gates.get(`${object.key}.${action.key}`)?.(record) as Asked),
  });
  const shut = new Set(gated.filter((_, i) => answers[i]?.data !== true));
  return actions.filter((action) => !shut.has(action));
}
