import { useQuery } from "@tanstack/react-query";
import { api, type Me, type Page, type RecordData, useMe, useObject, useUpdateMe } from "@/api";
import { ownedBy, type Scope } from "./filters";

/** What a person may look at, from the narrowest: a member sees their own work only. */
export function scopesOf(me: Pick<Me, "role" | "team">): Scope[] {
  const scopes: Scope[] = ["mine"];
  if ((me.role === "manager" || me.role === "admin") && me.team) scopes.push("team");
  if (me.role === "admin") scopes.push("all");
  return scopes;
}

/**
 * The scope one chose, if it is still offered. Else one's own work, and for those who lead without customers of their
 * own the widest there is: their own page would be empty.
 */
export function scopeFor(offered: readonly Scope[], kept: unknown, ownsNothing: boolean | undefined): Scope {
  const chosen = offered.find((scope) => scope === kept);
  return chosen ?? (ownsNothing ? offered.at(-1) : undefined) ?? "mine";
}

/** Whose work the page shows; the choice is kept on the person. `pending` until it is known. */
export function useScope(enabled = true) {
  const me = useMe();
  const update = useUpdateMe();
  const hasCustomers = useObject("customer") !== undefined;
  const offered = scopesOf(me);
  const kept = me.user.preferences.workbench_scope;
  const asks = offered.length > 1 && hasCustomers && !offered.some((scope) => scope === kept);
  const own = useQuery({
    queryKey: ["workbench", "owns-nothing"],
    // Asked once: a customer handed over in the middle of the day must not turn the page around.
    queryFn: async ({ signal }) => {
      const query = { filter: ownedBy("mine"), fields: "id", limit: 1, count: false };
      return (await api.post<Page<RecordData>>("/customer/query", query, { signal })).data.length === 0;
    },
    enabled: asks && enabled,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return {
    scope: scopeFor(offered, kept, own.data),
    offered,
    pending: asks && own.isPending,
    setScope: (next: Scope) => update.mutate({ preferences: { workbench_scope: next } }),
  };
}
