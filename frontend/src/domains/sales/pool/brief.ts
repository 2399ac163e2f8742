import { useQuery } from "@tanstack/react-query";
import { api, type Label } from "@/api";

export interface PoolBrief {
  key: string;
  name: Label;
  object: string;
  manages: boolean;
  claimable: boolean;
  sets_up: boolean;
}

export const KEY = ["pools"] as const;

/** The pools that are open to me; known to the navigation, so kept for a while. */
export const usePools = () =>
  useQuery({
    queryKey: [...KEY, "list"],
    queryFn: async ({ signal }) => (await api.get<{ data: PoolBrief[] }>("/pools", { signal })).data,
    staleTime: 300_000,
  });
