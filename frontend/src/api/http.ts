/**
 * The one way to the server.
 *
 * How it works: `api.get/post/patch/delete` add what every call needs (CSRF token from the cookie, the language on
 * screen, an Idempotency-Key on POST, If-Match for a known version) and turn every failure into an ApiProblem.
 * Rules: pages do not call fetch; hooks in this folder or in the feature's own `queries.ts` call these four.
 */
import { currentLocale } from "@/i18n/i18n";
import { ApiProblem } from "./problem";

export type QueryValues = Record<string, string | number | boolean | null | undefined>;

export interface CallOptions {
  query?: QueryValues;
  /** JSON, or FormData for uploads. */
  body?: unknown;
  /** Sent as If-Match: the version of the record one has read. */
  version?: number;
  /** Give the same key again to repeat a POST safely; a fresh one is made otherwise. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export const API = "/api/v1";

export function csrfToken(): string | null {
  return /(?:^|;\s*)(?:__Host-)?csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? null;
}

export function buildUrl(path: string, query?: QueryValues): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== "") search.set(key, String(value));
  }
  const text = search.toString();
  const base = path.startsWith("/api/") || path.startsWith("/_allauth/") ? path : `${API}${path}`;
  return text ? `${base}?${text}` : base;
}

/** POSTs that only ask: repeating them is harmless, so the server need not remember their answers. */
const isQuestion = (path: string) =>
  /\/(query|duplicates|draft|preview|check)$/.test(path) || path.startsWith("/_allauth/");

export function buildHeaders(method: Method, path: string, options: CallOptions): Headers {
  const headers = new Headers({ Accept: "application/json", "Accept-Language": currentLocale() });
  if (options.body !== undefined && !(options.body instanceof FormData))
    headers.set("Content-Type", "application/json");
  if (method !== "GET") {
    const token = csrfToken();
    if (token) headers.set("X-CSRFToken", token);
  }
  if (method === "POST" && !isQuestion(path))
    headers.set("Idempotency-Key", options.idempotencyKey ?? crypto.randomUUID());
  if (options.version !== undefined) headers.set("If-Match", `"${options.version}"`);
  return headers;
}

/** The raw answer, for callers (sign-in) that read a status other than 2xx as information. */
export async function send(method: Method, path: string, options: CallOptions = {}): Promise<Response> {
  const { body } = options;
  try {
    return await fetch(buildUrl(path, options.query), {
      method,
      credentials: "same-origin",
      headers: buildHeaders(method, path, options),
      body: body === undefined ? undefined : body instanceof FormData ? body : JSON.stringify(body),
      signal: options.signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw ApiProblem.network();
  }
}

async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  const response = await send(method, path, options);
  if (!response.ok) throw await ApiProblem.fromResponse(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

export const api = {
  get: <T>(path: string, options?: CallOptions) => call<T>("GET", path, options),
  post: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>("POST", path, { ...options, body }),
  put: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>("PUT", path, { ...options, body }),
  patch: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>("PATCH", path, { ...options, body }),
  delete: <T = void>(path: string, options?: CallOptions) => call<T>("DELETE", path, options),
};
