import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Id, type Label } from "@/api";
import type { FilterNode, RecordData } from "@/api/types";
import { KEY, type PoolBrief } from "./brief";

export interface Limit {
  key: "daily" | "held" | "team_daily" | "team_held";
  limit: number;
  used: number;
}
export interface Counted {
  value: number;
  exact: boolean;
}
export interface Pool extends PoolBrief {
  limits: Limit[];
  cooldown_days: number;
  protection_days: number;
  left: number | null;
  left_by: string;
  count: Counted;
}
export interface PooledRecord {
  id: Id;
  title: string;
  [field: string]: unknown;
}
export interface PooledPage {
  fields: { key: string; label: Label; masked: boolean }[];
  data: PooledRecord[];
  page: { next: string | null; count: Counted | null };
}
export interface Claimed {
  claimed: Id[];
  refused: { id: Id; code: string; message: string; owner: { id: Id; name: string } | null }[];
}
export interface Member {
  kind: "everyone" | "user" | "team";
  id: Id | null;
  manages: boolean;
}
export interface Limits {
  daily: number | null;
  held: number | null;
  team_daily: number | null;
  team_held: number | null;
  cooldown_days: number;
  protection_days: number;
}
export type RuleKind = "no_follow_up" | "no_deal" | "refused" | "contract_end";
export interface RecycleRule {
  id?: Id;
  kind: RuleKind;
  days: number;
  workdays: boolean;
  filter: FilterNode | null;
  warn_days: number;
  enabled: boolean;
}
export interface PoolSetup {
  object: string;
  key: string;
  name: Label;
  filter: FilterNode | null;
  exempt: FilterNode | null;
  spare_open_deals: boolean;
  members: Member[];
  limits: Limits;
  hidden_fields: string[];
  claimable: boolean;
  rules: RecycleRule[];
  version: number;
  broken: boolean;
}
interface Somebody {
  id: Id;
  name: string;
}
/** A record went from one owner (or a pool) to another. */
export interface OwnerChange {
  at: string;
  action: string;
  actor: Somebody | null;
  from: Somebody | null;
  to: Somebody | null;
  from_pool: string | null;
  to_pool: string | null;
  reason: string | null;
  note: string | null;
}
export interface Simulated {
  /** Null where the rule goes by what one does not read. */
  due: number | null;
  warned: number | null;
  /** False where records are out of one's sight: only those one sees were counted. */
  whole: boolean;
  owners: { person: { id: Id; name: string }; count: number }[];
  sample: { id: Id; title: string; owner: { id: Id; name: string }; since: string }[];
}

export const usePool = (key: string | undefined) =>
  useQuery({
    queryKey: [...KEY, "one", key],
    queryFn: ({ signal }) => api.get<Pool>(`/pools/${key}`, { signal }),
    enabled: key !== undefined,
  });

export const usePooled = (key: string | undefined, q: string) =>
  useInfiniteQuery({
    queryKey: [...KEY, "records", key, q],
    queryFn: ({ signal, pageParam }) =>
      api.get<PooledPage>(`/pools/${key}/records`, { query: { q, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.page.next,
    enabled: key !== undefined,
  });

/** Newest first; asked again whenever the record has another version. */
export const useOwners = (record: RecordData) =>
  useQuery({
    queryKey: [...KEY, "owners", record.id, record.version],
    queryFn: async ({ signal }) =>
      (await api.get<{ data: OwnerChange[] }>(`/pools/owners/${record.object}/${record.id}`, { signal })).data,
    placeholderData: (before, query) => (query?.queryKey[2] === record.id ? before : undefined),
  });

export const usePoolSetup = (key: string | undefined) =>
  useQuery({
    queryKey: [...KEY, "setup", key],
    queryFn: ({ signal }) => api.get<PoolSetup>(`/pools/${key}/setup`, { signal }),
    enabled: key !== undefined,
  });

/** Claiming and handing out; whatever came of it, the pool looks different afterwards. */
export function usePoolMoves(key: string | undefined) {
  const client = useQueryClient();
  const onSettled = () =>
    Promise.all([client.invalidateQueries({ queryKey: KEY }), client.invalidateQueries({ queryKey: ["records"] })]);
  return {
    claim: useMutation({
      mutationFn: (ids: Id[]) => api.post<Claimed>(`/pools/${key}/claim`, { ids }),
      onSettled,
    }),
    handOut: useMutation({
      mutationFn: (body: { ids: Id[]; people: Id[] }) =>
        api.post<{ given: Record<Id, number>; gone: number }>(`/pools/${key}/hand-out`, body),
      onSettled,
    }),
  };
}

export type PoolBody = Omit<PoolSetup, "key" | "version" | "broken">;

export function usePoolChanges() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: KEY });
  return {
    save: useMutation({
      mutationFn: ({ pool, body }: { pool: PoolSetup | null; body: PoolBody }) => {
        if (pool === null) return api.post<PoolSetup>("/pools", body);
        const { object: _, ...rest } = body;
        return api.patch<PoolSetup>(`/pools/${pool.key}/setup`, { ...rest, version: pool.version });
      },
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (key: string) => api.delete(`/pools/${key}`), onSuccess }),
    order: useMutation({ mutationFn: (keys: string[]) => api.put("/pools", { keys }), onSuccess }),
    simulate: useMutation({
      mutationFn: ({ key, rule }: { key: string; rule: RecycleRule }) =>
        api.post<Simulated>(`/pools/${key}/simulate`, rule),
    }),
  };
}
