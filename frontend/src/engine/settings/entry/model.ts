/** The shapes of sign-in rules and history, as the API gives them. */

export interface SignInPolicy {
  password_policy: "asvs" | "mlps";
  second_factor_roles: string[];
  session_hours: number;
  idle_minutes: number;
  networks: string[];
  your_address: string;
}

export interface SignIn {
  id: string;
  at: string;
  outcome: "in" | "failed" | "locked";
  ip: string;
  agent: string;
  is_this_device: boolean;
}
