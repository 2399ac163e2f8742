import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, keys, type Member, type Page, type Role, type Team } from "@/api";

export function useMembers(filter: { q?: string; team?: string }) {
  return useInfiniteQuery({
    queryKey: keys.members(filter),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Member>>("/members", { query: { ...filter, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.next,
    placeholderData: keepPreviousData,
  });
}

export function useTeams() {
  return useQuery({
    queryKey: keys.teams,
    queryFn: async ({ signal }) => teamList(await api.get<Page<Team> | Team[]>("/teams", { signal })),
  });
}

function teamList(answer: Page<Team> | Team[]): Team[] {
  return Array.isArray(answer) ? answer : answer.data;
}

export interface MemberPatch {
  role?: Role;
  extra_roles?: string[];
  team?: string | null;
  manager?: string | null;
  status?: Member["status"];
}

export function useUpdateMember() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, patch }: { id: string; patch: MemberPatch }) => api.patch<Member>(`/members/${id}`, patch),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.members() }),
        client.invalidateQueries({ queryKey: keys.teams }),
      ]),
  });
}

export interface TeamNode extends Team {
  children: TeamNode[];
}

/** The flat list as a tree; a team whose parent is not there (or is itself) stands at the top. */
export function teamTree(teams: readonly Team[]): TeamNode[] {
  const nodes = new Map(teams.map((team) => [team.id, { ...team, children: [] as TeamNode[] }]));
  const roots: TeamNode[] = [];
  for (const node of nodes.values()) {
    const parent = node.parent && node.parent !== node.id ? nodes.get(node.parent) : undefined;
    (parent?.children ?? roots).push(node);
  }
  return roots;
}

export interface TeamOption {
  value: string;
  label: string;
  depth: number;
}

/** For a select: parents before children, a team and all below it left out where asked. */
export function teamOptions(teams: readonly Team[], without?: string): TeamOption[] {
  const options: TeamOption[] = [];
  const walk = (nodes: TeamNode[], depth: number) => {
    for (const node of nodes) {
      if (node.id === without) continue;
      options.push({ value: node.id, label: node.name, depth });
      walk(node.children, depth + 1);
    }
  };
  walk(teamTree(teams), 0);
  return options;
}
