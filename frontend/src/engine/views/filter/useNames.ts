/** Names for the ids a filter mentions: what this tab has not met yet is asked from the server. */
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { Member, ObjectSchema, Page, RecordData, Team } from "@/api/types";
import { learnName, nameOf } from "../../fields/shared/names";
import { type ObjectMap, resolvePath } from "./path";
import { type Group, leaves } from "./tree";

const WORDS = new Set(["me", "my_team", "my_teams"]);

export function useNames(objects: ObjectMap, object: ObjectSchema, group: Group): (id: string) => string | undefined {
  const unknown = unknownIds(objects, object, group);
  useQuery({
    queryKey: ["names", unknown],
    queryFn: async ({ signal }) => {
      await Promise.all(
        Object.entries(unknown).map(([kind, ids]) =>
          kind === "user"
            ? learnPeople(ids, signal)
            : kind === "team"
              ? learnTeams(signal)
              : learnRecords(kind, ids, signal),
        ),
      );
      return true;
    },
    enabled: Object.keys(unknown).length > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return nameOf;
}

function unknownIds(objects: ObjectMap, object: ObjectSchema, group: Group): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const leaf of leaves(group)) {
    const field = resolvePath(objects, object, leaf.field)?.field;
    if (!field) continue;
    const kind =
      field.type === "user" ? (leaf.op === "within" ? "team" : "user") : field.type === "team" ? "team" : field.target;
    if (!kind) continue;
    for (const id of Array.isArray(leaf.value) ? leaf.value : [leaf.value]) {
      if (typeof id !== "string" || WORDS.has(id) || nameOf(id)) continue;
      found[kind] = [...(found[kind] ?? []), id];
    }
  }
  return found;
}

async function learnPeople(ids: string[], signal: AbortSignal): Promise<void> {
  const read = (id: string) => api.get<Member>(`/members/${id}`, { signal }).catch(() => null);
  for (const member of await Promise.all(ids.slice(0, 20).map(read))) if (member) learnName(member.id, member.name);
}

async function learnTeams(signal: AbortSignal): Promise<void> {
  const page = await api.get<Page<Team>>("/teams", { signal });
  for (const team of page.data) learnName(team.id, team.name);
}

async function learnRecords(object: string, ids: string[], signal: AbortSignal): Promise<void> {
  const read = (id: string) => api.get<RecordData>(`/${object}/${id}`, { signal }).catch(() => null);
  const records = await Promise.all(ids.slice(0, 20).map(read));
  for (const record of records) if (record) learnName(record.id, record.title);
}
