import { useQuery } from "@tanstack/react-query";
import { api, keys, type SetupState } from "@/api";
import { loadConfig } from "./allauth";

/** The account `guanxi demo` makes in the workspace it fills. Known to everybody, and meant to be. */
const DEMO_ACCOUNT = { email: "demo@example.com", password: "guanxi-demo-2026" };

export function demoAccountOf(setup: SetupState | undefined): { email: string; password: string } | null {
  return setup?.demo ? (setup.demo_account ?? DEMO_ACCOUNT) : null;
}

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
