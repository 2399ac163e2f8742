import { keepPreviousData, useQuery } from "@tanstack/react-query";
import {
  api,
  type FilterNode,
  type GroupQuery,
  type GroupRow,
  keys,
  type Page,
  type RecordData,
  type RecordQuery,
} from "@/api";

/** The first records of a filter, with how many there are. */
export function useTop(object: string, query: RecordQuery & { filter: FilterNode | null }, enabled = true) {
  return useQuery({
    queryKey: keys.list(object, { ...query, limit: query.limit ?? 6 }),
    queryFn: ({ signal }) => api.post<Page<RecordData>>(`/${object}/query`, { limit: 6, ...query }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    enabled: enabled && query.filter !== null,
  });
}

export function useGrouped(object: string, query: GroupQuery, enabled = true) {
  return useQuery<GroupRow[]>({
    queryKey: keys.groups(object, query),
    queryFn: async ({ signal }) => (await api.post<{ data: GroupRow[] }>(`/${object}/query`, query, { signal })).data,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    enabled,
  });
}
