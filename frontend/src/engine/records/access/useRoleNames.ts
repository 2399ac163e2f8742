import { useQuery } from "@tanstack/react-query";
import { api, type Label, useMe } from "@/api";

const NONE: ReadonlyMap<string, Label> = new Map();

/** Names of roles, for whoever may know them; others read the keys. */
export function useRoleNames(): ReadonlyMap<string, Label> {
  const { areas } = useMe();
  const { data } = useQuery({
    queryKey: ["roles", "names"],
    queryFn: async ({ signal }) => {
      const { data: roles } = await api.get<{ data: { key: string; name: Label }[] }>("/roles", { signal });
      return new Map(roles.map((role) => [role.key, role.name]));
    },
    enabled: areas.includes("roles") || areas.includes("audit"),
    staleTime: 300_000,
  });
  return data ?? NONE;
}
