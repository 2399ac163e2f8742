import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { Count, FilterNode, GroupQuery, GroupRow, Page, RecordData, RecordQuery } from "@/api/types";

const PAGE = 100;

/** Pages of records by keyset: the next is asked for when the end comes near. */
export function useRecords(object: string, query: RecordQuery, enabled = true) {
  const result = useInfiniteQuery({
    queryKey: keys.list(object, query),
    queryFn: ({ pageParam, signal }) =>
      api.post<Page<RecordData>>(
        `/${object}/query`,
        { ...query, limit: query.limit ?? PAGE, cursor: pageParam },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.next,
    placeholderData: keepPreviousData,
    enabled,
  });
  const records = useMemo(() => result.data?.pages.flatMap((page) => page.data) ?? [], [result.data]);
  return { ...result, records, count: result.data?.pages[0]?.page.count ?? null };
}

export function useGroups(object: string, query: GroupQuery & { q?: string }, enabled = true) {
  return useQuery({
    queryKey: keys.groups(object, query),
    queryFn: async ({ signal }) => {
      const answer = await api.post<{ data: GroupRow[] }>(`/${object}/query`, query, { signal });
      return answer.data;
    },
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** The groups of a report with their totals. */
export function useReportGroups(object: string, query: GroupQuery & { q?: string }) {
  return useQuery({
    queryKey: [...keys.groups(object, query), "totals"],
    queryFn: ({ signal }) => api.post<GroupAnswer>(`/${object}/query`, query, { signal }),
    placeholderData: keepPreviousData,
  });
}

interface GroupAnswer {
  data: GroupRow[];
  totals?: GroupRow[];
  page: { count: Count | null };
}

/** How many records a filter finds; capped counts are not exact. */
export function useCount(object: string, filter: FilterNode | null, enabled = true) {
  return useQuery({
    queryKey: [...keys.groups(object, { filter, group: [], measures: [] }), "count"],
    queryFn: async ({ signal }): Promise<Count | null> => {
      const page = await api.post<Page<RecordData>>(
        `/${object}/query`,
        { filter, fields: "id", limit: 1, count: true },
        { signal },
      );
      return page.page.count;
    },
    staleTime: 60_000,
    enabled,
  });
}
