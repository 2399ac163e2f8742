import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { Label } from "@/api/types";

export interface RegionNode {
  code: string;
  name: Label;
  children?: RegionNode[];
}

/** Provinces, cities and districts; an empty list where the server has none, and the form takes free text then. */
export function useRegions(): RegionNode[] | undefined {
  const { data } = useQuery({
    queryKey: ["meta", "regions"],
    queryFn: async ({ signal }) => {
      const answer = await api.get<RegionNode[] | { data: RegionNode[] }>("/meta/regions", { signal });
      return Array.isArray(answer) ? answer : answer.data;
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return data;
}
