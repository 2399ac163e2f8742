import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { Id, Label } from "@/api/types";
import type { Right, RoleRights, Scope, Verb } from "./model";

export interface RoleInfo {
  key: string;
  name: Label;
  note: Label;
  template: string;
  builtin: boolean;
  fixed: boolean;
  adjusted: boolean;
  version: number;
  people: number;
  rights: RoleRights;
}
export interface RoleTemplate {
  key: string;
  name: Label;
  note: Label;
  rights: RoleRights;
}
export interface Cell {
  scope: Scope;
  from: string[];
}
export interface FieldCell {
  key: string;
  label: Label;
  type: string;
  sensitive: boolean;
  confidential: boolean;
  right: Right;
  from: string[];
  /** Titles and owners: nobody can hide them. */
  fixed: boolean;
}
export interface ActionCell {
  key: string;
  label: Label;
  verb: string;
  allowed: boolean;
  from: string[];
}
export interface ObjectRights {
  key: string;
  label: Label;
  shared: boolean;
  line_of: string | null;
  verbs: Record<Verb, Cell>;
  fields: FieldCell[];
  actions: ActionCell[];
}
export interface AreaCell {
  key: string;
  label: Label;
  help: Label;
  open: boolean;
  from: string[];
}
export interface Matrix {
  roles: string[];
  objects: ObjectRights[];
  areas: AreaCell[];
}
export interface WhoEntry {
  id: Id;
  name: string;
  team: { id: Id; name: string } | null;
  scope: Scope;
  from: string[];
  field: { right: Right; from: string[] } | null;
}

const ROLES = ["roles"] as const;

export const useRoles = (enabled = true) =>
  useQuery({
    queryKey: ROLES,
    queryFn: async ({ signal }) => (await api.get<{ data: RoleInfo[] }>("/roles", { signal })).data,
    enabled,
  });

export const useRole = (key: string) =>
  useQuery({
    queryKey: [...ROLES, "one", key],
    queryFn: ({ signal }) => api.get<RoleInfo>(`/roles/${key}`, { signal }),
  });

export const useRoleTemplates = () =>
  useQuery({
    queryKey: [...ROLES, "templates"],
    queryFn: async ({ signal }) => (await api.get<{ data: RoleTemplate[] }>("/roles/templates", { signal })).data,
  });

export const useMatrix = (of: { role: string } | { user: Id }) =>
  useQuery({
    queryKey: [...ROLES, "matrix", of],
    queryFn: ({ signal }) => api.get<Matrix>("/access/matrix", { query: of, signal }),
  });

export const useWho = (asked: { object: string; verb: Verb; field?: string } | null) =>
  useQuery({
    queryKey: [...ROLES, "who", asked],
    queryFn: ({ signal }) =>
      api.get<{ data: WhoEntry[]; count: number }>("/access/people", { query: { ...asked, limit: 200 }, signal }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });

export const useDuties = () =>
  useQuery({
    queryKey: [...ROLES, "duties"],
    queryFn: ({ signal }) => api.get<DutiesState>("/access/settings", { signal }),
  });

/** Separation of duties, and who waits for somebody of another duty to confirm its end. */
export interface DutiesState {
  separate_duties: boolean;
  asked: { by: { id: Id; name: string }; until: string; mine_to_confirm: boolean } | null;
}

export interface RoleChange {
  key: string;
  version: number;
  name?: Label;
  note?: Label;
  rights?: RoleRights;
}

/** Rights hold from the next request on, one's own too: what the shell and the pages know is asked anew. */
export function useRoleChanges() {
  const client = useQueryClient();
  const onSuccess = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ROLES }),
      client.invalidateQueries({ queryKey: keys.me }),
      client.invalidateQueries({ queryKey: keys.schema }),
    ]);
  return {
    create: useMutation({
      mutationFn: (given: { name: Label; note?: Label; template?: string; copy_of?: string }) =>
        api.post<RoleInfo>("/roles", given),
      onSuccess,
    }),
    update: useMutation({
      mutationFn: ({ key, ...change }: RoleChange) => api.patch<RoleInfo>(`/roles/${key}`, change),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (key: string) => api.delete(`/roles/${key}`), onSuccess }),
    duties: useMutation({
      mutationFn: (on: boolean) => api.patch<DutiesState>("/access/settings", { separate_duties: on }),
      onSuccess,
    }),
    answer: useMutation({
      mutationFn: (how: "confirm" | "refuse") => api.post<DutiesState>(`/access/settings/${how}`, {}),
      onSuccess,
    }),
  };
}
