/**
 * Sign-in speaks django-allauth's headless browser API. There a 401 is information, not a failure: it lists the flows
 * that are still to be passed (`mfa_authenticate`, `verify_email`, `reauthenticate`). This file turns the answers into
 * one of three outcomes and its field errors into an ApiProblem, so that forms treat them like all others.
 */
import { send } from "@/api";
import { ApiProblem } from "@/api/problem";

const BASE = "/_allauth/browser/v1";

export interface Flow {
  id: string;
  is_pending?: boolean;
  types?: string[];
}

export interface Envelope<D = unknown> {
  status: number;
  data?: D;
  meta?: { is_authenticated?: boolean; secret?: string; totp_url?: string; recovery_codes_generated?: boolean };
  errors?: { code: string; param?: string; message: string }[];
}

export type Outcome =
  | { step: "done" }
  | { step: "mfa"; types: string[] }
  | { step: "verify_email" }
  | { step: "sign_in" }
  | { step: "reauthenticate"; flows: Flow[] };

type Method = "GET" | "POST" | "PUT" | "DELETE";

/** The answer as it is, with input errors (400) and everything unexpected thrown as ApiProblem. */
export async function allauth<D = unknown>(method: Method, path: string, body?: unknown): Promise<Envelope<D>> {
  const response = await send(method, BASE + path, body === undefined ? {} : { body });
  const type = response.headers.get("Content-Type") ?? "";
  const answer: Envelope<D> = type.includes("json") ? await response.json() : { status: response.status };
  answer.status = response.status;
  if (response.ok || response.status === 401 || response.status === 404 || response.status === 409) return answer;
  throw problemOf(answer, response);
}

function problemOf(answer: Envelope, response: Response): ApiProblem {
  const errors = (answer.errors ?? []).map((error) => ({
    field: error.param ?? "",
    code: error.code,
    message: error.message,
  }));
  const seconds = Number(response.headers.get("Retry-After"));
  return new ApiProblem(
    response.status,
    { status: response.status, code: errors[0]?.code, detail: errors.find((error) => !error.field)?.message, errors },
    seconds > 0 ? seconds : null,
  );
}

function outcomeOf(answer: Envelope): Outcome {
  if (answer.status === 200 && answer.meta?.is_authenticated !== false) return { step: "done" };
  const flows = (answer.data as { flows?: Flow[] } | undefined)?.flows ?? [];
  const pending = flows.find((flow) => flow.is_pending);
  if (pending?.id === "mfa_authenticate") return { step: "mfa", types: pending.types ?? ["totp"] };
  if (pending?.id === "verify_email") return { step: "verify_email" };
  if (answer.meta?.is_authenticated) return { step: "reauthenticate", flows };
  return { step: "sign_in" };
}

export interface SignUpValues {
  name: string;
  workspace_name: string;
  email: string;
  password: string;
}

export const signIn = async (values: { email: string; password: string }) => {
  const answer = await allauth("POST", "/auth/login", values);
  // 409: this browser is signed in already, which is what was wanted.
  return answer.status === 409 ? ({ step: "done" } as Outcome) : outcomeOf(answer);
};
export const signUp = async (values: SignUpValues) => outcomeOf(await allauth("POST", "/auth/signup", values));
export const authenticateCode = async (code: string) =>
  outcomeOf(await allauth("POST", "/auth/2fa/authenticate", { code }));
export const signOut = () => allauth("DELETE", "/auth/session");
export const requestReset = (email: string) => allauth("POST", "/auth/password/request", { email });
export const resetPassword = async (key: string, password: string) =>
  outcomeOf(await allauth("POST", "/auth/password/reset", { key, password }));
export const verifyEmail = async (key: string) => outcomeOf(await allauth("POST", "/auth/email/verify", { key }));
/** The server sets the CSRF cookie with this answer; the sign-in page asks for it first. */
export const loadConfig = () => allauth<AuthConfig>("GET", "/config");

export interface AuthConfig {
  account?: { is_open_for_signup?: boolean };
  mfa?: { supported_types?: string[]; passkey_login_enabled?: boolean };
}
