import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Id, keys, type Ref } from "@/api";

export type Level = "read" | "edit";
export type Verb = "edit" | "delete" | "assign" | "merge" | "export";

export interface Access {
  ways: { kind: string; reason: string; edits: boolean; from: string[] }[];
  can: Record<Verb | "share", boolean>;
}
export const PARTS = [
  "account",
  "presales",
  "delivery",
  "service",
  "partner",
  "sponsor",
  "assistant",
  "other",
] as const;
export type Part = (typeof PARTS)[number];
export interface Collaborator {
  user: Ref | null;
  team: Ref | null;
  level: Level;
  until: string | null;
  /** What they are in the team, and which part of it is theirs, in hundredths. */
  role: Part | null;
  share: number | string | null;
}

export const useAccess = (object: string, id: Id) =>
  useQuery({
    queryKey: [...keys.record(object, id), "access"],
    queryFn: ({ signal }) => api.get<Access>(`/${object}/${id}/access`, { signal }),
    gcTime: 0,
  });

const collaboratorsKey = (object: string, id: Id) => [...keys.record(object, id), "collaborators"];

export const useCollaborators = (object: string, id: Id) =>
  useQuery({
    queryKey: collaboratorsKey(object, id),
    queryFn: async ({ signal }) =>
      (await api.get<{ data: Collaborator[] }>(`/${object}/${id}/collaborators`, { signal })).data,
  });

/** The whole list is put in place of what there is; a refusal puts it back. */
export function useSetCollaborators(object: string, id: Id) {
  const client = useQueryClient();
  const key = collaboratorsKey(object, id);
  return useMutation({
    mutationFn: (rows: Collaborator[]) =>
      api.put<{ data: Collaborator[] }>(`/${object}/${id}/collaborators`, {
        collaborators: rows.map(({ user, team, ...rest }) => ({
          ...(user ? { user: user.id } : { team: team?.id }),
          ...rest,
        })),
      }),
    onMutate: (rows) => {
      const before = client.getQueryData<Collaborator[]>(key);
      client.setQueryData(key, rows);
      return { before };
    },
    onSuccess: ({ data }) => client.setQueryData(key, data),
    onError: (_error, _rows, context) => client.setQueryData(key, context?.before),
  });
}
