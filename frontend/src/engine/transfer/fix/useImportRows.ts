import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { ImportRow, Page } from "@/api/types";
import { batches, type Fixes, toRequest } from "./fixes";

export function useImportRows(id: string, reason: string | null) {
  const found = useInfiniteQuery({
    queryKey: [...keys.import(id), "rows", reason ?? ""],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<ImportRow>>(`/imports/${id}/rows`, {
        query: { status: "refused", reason, cursor: pageParam, limit: 200 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.next,
  });
  return {
    ...found,
    rows: found.data?.pages.flatMap((page) => page.data) ?? [],
    count: found.data?.pages[0]?.page.count ?? null,
  };
}

/** Sends the corrections, then runs the corrected rows. */
export function useSubmitFixes(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (fixes: Fixes) => {
      for (const rows of batches(toRequest(fixes))) await api.patch(`/imports/${id}/rows`, { rows });
      await api.post(`/imports/${id}/retry`);
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.import(id) });
      void client.invalidateQueries({ queryKey: ["records"] });
    },
  });
}
