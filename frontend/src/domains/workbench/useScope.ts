import { useMe, useUpdateMe } from "@/api";
import type { Scope } from "./filters";

/** Whose work the page shows. People who lead begin with what they lead; the choice is kept on the person. */
export function useScope() {
  const me = useMe();
  const update = useUpdateMe();
  const leads = me.role === "manager" || me.role === "admin";
  const offered: Scope[] = ["mine"];
  if (leads && me.team) offered.push("team");
  if (me.role === "admin") offered.push("all");
  const kept = offered.find((scope) => scope === me.user.preferences.workbench_scope);
  const scope: Scope = kept ?? offered.at(-1) ?? "mine";
  return { scope, offered, setScope: (next: Scope) => update.mutate({ preferences: { workbench_scope: next } }) };
}
