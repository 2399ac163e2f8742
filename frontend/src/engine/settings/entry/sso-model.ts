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
  certificates: SsoCertificate[];
}
export interface SsoCertificate {
  subject: string;
  since: string;
  until: string;
  fingerprint: string;
}
export interface SsoAsk {
  key: string;
  label: string;
  hint: string;
  is_required: boolean;
  most: number;
  choices: { value: string; label: string }[];
}
export interface SsoDomain {
  domain: string;
  how: "" | "dns" | "operator";
  /** The TXT record that proves the domain, and where it has to stand. */
  text: string;
  record: string;
}
export interface SsoKind {
  kind: string;
  label: string;
  secret_label: string;
  by_address: boolean;
  has_metadata: boolean;
  asks: SsoAsk[];
}
export interface SsoConnections {
  data: SsoConnection[];
  kinds: SsoKind[];
  domains: SsoDomain[];
  sign_in_page: string;
}

export const SSO_KEY = ["sso-connections"];
export const SSO_PATH = "/sso-connections";
