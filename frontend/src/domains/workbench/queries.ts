import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, type FilterNode, keys, type Page, type RecordData, type RecordQuery } from "@/api";

/** For how long figures of the workbench need not be counted again, in milliseconds. */
export const FRESH = 60_000;

/** The first records of a filter, with how many there are. */
export function useTop(object: string, query: RecordQuery & { filter: FilterNode | null }, enabled = true) {
  return useQuery({
    queryKey: keys.list(object, { ...query, limit: query.limit ?? 6 }),
    queryFn: ({ signal }) => api.post<Page<RecordData>>(`/${object}/query`, { limit: 6, ...query }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: FRESH,
    enabled: enabled && query.filter !== null,
  });
}
