import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { Page, SavedView } from "@/api/types";

/** On its own, because the router asks for it before the list's code is there. */
export const viewsQuery = (object: string) =>
  queryOptions({
    queryKey: keys.views(object),
    queryFn: async ({ signal }) => {
      const page = await api.get<Page<SavedView>>("/views", { query: { object }, signal });
      return [...page.data].sort((a, b) => a.position - b.position);
    },
    staleTime: 60_000,
  });
