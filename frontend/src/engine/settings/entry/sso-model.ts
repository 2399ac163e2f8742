import type { Id, Role } from "@/api/types";

/** The shapes of single sign-on, as the API gives them. */
export interface SsoConnection {
  id: Id;
  kind: string;
  label: string;
  is_on: boolean;
  config: Record<string, string>;
  has_secret: boolean;
  domains: string[];
  join_role: "" | Exclude<Role, "admin">;
  trusts_addresses: boolean;
  trusts_factor: boolean;
  /** To be registered with the provider. */
  back: string;
  people: number;
}
export interface SsoKind {
  kind: string;
  label: string;
  secret_label: string;
  by_address: boolean;
  asks: { key: string; label: string; hint: string }[];
}
export interface SsoConnections {
  data: SsoConnection[];
  kinds: SsoKind[];
  sign_in_page: string;
}

export const SSO_KEY = ["sso-connections"];
export const SSO_PATH = "/sso-connections";
