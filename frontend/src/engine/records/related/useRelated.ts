import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { FilterNode, Page, RecordData } from "@/api/types";

/** The first records of another object that point at this one, with how many there are. */
export function useRelated(
  object: string,
  field: string,
  id: string,
  options: { sort?: string; limit?: number; filter?: FilterNode } = {},
) {
  const own: FilterNode = { field, op: "is", value: id };
  const query = {
    filter: options.filter ? { and: [own, options.filter] } : own,
    sort: options.sort ?? "-updated_at",
    limit: options.limit ?? 5,
  };
  return useQuery({
    queryKey: [...keys.list(object, query), "related"],
    queryFn: ({ signal }) => api.post<Page<RecordData>>(`/${object}/query`, query, { signal }),
  });
}
