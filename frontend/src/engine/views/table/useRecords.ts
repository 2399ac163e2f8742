import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type {
  Count,
  Explanation,
  FilterNode,
  GroupQuery,
  GroupRow,
  Page,
  RecordData,
  RecordQuery,
  ReportFigures,
  ViewDefinition,
} from "@/api/types";

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

interface GroupOptions {
  enabled?: boolean;
  /** For how long they need not be counted again, in milliseconds. */
  staleTime?: number;
}

/**
 * Figures stay until the new ones come, where both are of the same dimensions: rows of others have no names among them.
 */
const whileOf =
  <A>(asked: A, dimensions: (asked: A) => unknown) =>
  <D>(before: D | undefined, query: { queryKey: readonly unknown[] } | undefined): D | undefined =>
    query && JSON.stringify(dimensions(query.queryKey.at(-1) as A)) === JSON.stringify(dimensions(asked))
      ? before
      : undefined;

/** Groups of records with their measures. */
export function useGroups(object: string, query: GroupQuery & { q?: string }, options: GroupOptions = {}) {
  return useQuery({
    queryKey: keys.groups(object, query),
    queryFn: async ({ signal }) => (await api.post<{ data: GroupRow[] }>(`/${object}/query`, query, { signal })).data,
    placeholderData: whileOf(query, (asked) => asked.group),
    ...options,
  });
}

/** The figures of a report, with their totals and what they stand beside. */
export function useCountedReport(object: string, asked: { definition: ViewDefinition; q?: string }) {
  return useQuery({
    queryKey: keys.report(object, asked),
    queryFn: ({ signal }) => api.post<ReportFigures>("/reports/query", { object, ...asked }, { signal }),
    placeholderData: whileOf(asked, ({ definition }) => definition.groups),
  });
}

/** What moved one of a report's figures between the two periods that it compares. */
export function useExplanation(object: string, asked: { definition: ViewDefinition; q: string; measure: number }) {
  return useQuery({
    queryKey: keys.report(object, asked),
    queryFn: ({ signal }) => api.post<Explanation>("/reports/explain", { object, ...asked }, { signal }),
  });
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
