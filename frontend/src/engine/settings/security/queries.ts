import { useQuery } from "@tanstack/react-query";
import { allauth } from "@/engine/access/allauth";

export interface Session {
  id: number;
  user_agent: string;
  ip: string;
  created_at: number;
  is_current: boolean;
  last_seen_at?: number;
}
export interface Authenticator {
  type: "totp" | "recovery_codes" | "webauthn";
  created_at: number;
  last_used_at: number | null;
  id?: number;
  name?: string;
  total_code_count?: number;
  unused_code_count?: number;
}

export const securityKeys = { sessions: ["sessions"] as const, authenticators: ["authenticators"] as const };

export function useSessions() {
  return useQuery({
    queryKey: securityKeys.sessions,
    queryFn: async () => (await allauth<Session[]>("GET", "/auth/sessions")).data ?? [],
  });
}

export function useAuthenticators() {
  return useQuery({
    queryKey: securityKeys.authenticators,
    queryFn: async () => (await allauth<Authenticator[]>("GET", "/account/authenticators")).data ?? [],
  });
}

/** allauth counts seconds; everything else here speaks ISO. */
export const isoOf = (seconds: number) => new Date(seconds * 1000).toISOString();
