import { useQuery } from "@tanstack/react-query";
import { api, keys, type Member } from "@/api";
import { useLabel } from "@/i18n";
import { useTeams } from "../people-queries";
import { useRoles } from "../roles/queries";
import type { Kind } from "./queries";

/** What a receiver of a rule is called; null while it is not known, or no longer there. */
export function useReceiver(kind: Kind, to: string): string | null {
  const label = useLabel();
  const teams = useTeams();
  const roles = useRoles();
  const member = useQuery({
    queryKey: [...keys.members(), "one", to],
    queryFn: ({ signal }) => api.get<Member>(`/members/${to}`, { signal }),
    enabled: kind === "user" && to !== "",
    retry: false,
    staleTime: 300_000,
  });
  if (kind === "user") return member.data?.name ?? null;
  if (kind === "team") return teams.data?.find((team) => team.id === to)?.name ?? null;
  const role = roles.data?.find((each) => each.key === to);
  return role ? label(role.name) : null;
}
