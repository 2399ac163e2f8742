import type { Label } from "@/api/types";

/** The shapes of sign-in rules and history, as the API gives them. */

export interface SignInPolicy {
  password_policy: "asvs" | "mlps";
  second_factor_roles: string[];
  session_hours: number;
  idle_minutes: number;
  networks: string[];
  sso_only: boolean;
  break_glass: string[];
  roles: { key: string; name: Label }[];
  your_address: string;
}

export const POLICY_KEY = ["sign-in-policy"];
export const POLICY_PATH = "/sign-in-policy";

/** What one still has to do before the workspace lets one in. */
export interface Entry {
  missing: ("single_sign_on" | "second_factor" | "password")[];
  has_second_factor: boolean;
  single_sign_on: boolean;
}

export interface SignIn {
  id: string;
  at: string;
  outcome: "in" | "failed" | "locked";
  ip: string;
  agent: string;
  is_this_device: boolean;
}
