import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { RecordData } from "@/api/types";
import type { Forecast } from "./forecast/model";
import { type CustomerInsight, type Home, isWaiting, type Rules, type Run, type Settings } from "./model";
import type { Cuts, Tiers } from "./tiers/model";

// Below "records": whatever changes records makes it old.
const KEY = ["records", "insight"];
const LOOK_AGAIN = 2000;

export const useHome = () =>
  useQuery({
    queryKey: [...KEY, "home"],
    queryFn: ({ signal }) => api.get<Home>("/insight", { signal }),
    refetchInterval: (query) => (isWaiting(query.state.data?.run ?? null) ? LOOK_AGAIN : false),
  });

export const useForecast = () =>
  useQuery({
    queryKey: [...KEY, "forecast"],
    queryFn: ({ signal }) => api.get<Forecast>("/insight/forecast", { signal }),
  });

/** Tiers under other cuts, and since another month; what was shown before stays until the answer is there. */
export const useTiers = (asked: Partial<Cuts> & { since?: string }) =>
  useQuery({
    queryKey: [...KEY, "tiers", asked],
    queryFn: ({ signal }) =>
      api.get<Tiers>(
        `/insight/tiers?${new URLSearchParams(Object.entries(asked).map(([key, value]) => [key, String(value)]))}`,
        { signal },
      ),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const useCustomerInsight = (customer: RecordData) =>
  useQuery({
    queryKey: [...KEY, "customer", customer.id],
    queryFn: ({ signal }) => api.get<CustomerInsight>(`/insight/customers/${customer.id}`, { signal }),
    retry: false,
  });

export const useRules = (enabled: boolean) =>
  useQuery({
    queryKey: [...KEY, "settings"],
    queryFn: ({ signal }) => api.get<Settings>("/insight/settings", { signal }),
    enabled,
  });

export function useSaveRules() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Partial<Rules> & { version: number }) => api.patch<Settings>("/insight/settings", body),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useCompute() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<Run>("/insight/runs", {}),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
