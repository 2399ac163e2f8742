import { useQuery } from "@tanstack/react-query";
import { api, keys, type SetupState } from "@/api";
import { loadConfig } from "./allauth";

export function useSetup() {
  return useQuery({
    queryKey: keys.setup,
    queryFn: ({ signal }) => api.get<SetupState>("/setup", { signal }),
    staleTime: 60_000,
  });
}

export function useAuthConfig() {
  return useQuery({
    queryKey: ["auth-config"],
    queryFn: async () => (await loadConfig()).data ?? {},
    staleTime: 5 * 60_000,
  });
}
