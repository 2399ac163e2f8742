import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { Page, SavedView } from "@/api/types";

/** The reports of every object; under "views", since a view that is saved may be one. */
export const useReports = () =>
  useQuery({
    queryKey: ["views", "reports"],
    queryFn: async ({ signal }) => (await api.get<Page<SavedView>>("/reports", { signal })).data,
    staleTime: 30_000,
  });
