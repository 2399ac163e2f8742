import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { switchLocale } from "@/i18n";
import { api, buildUrl } from "./http";
import { ApiProblem } from "./problem";

const calls: { url: string; init: RequestInit & { headers: Headers } }[] = [];
let answer: () => Response | Promise<Response>;

beforeEach(async () => {
  calls.length = 0;
  // biome-ignore lint/suspicious/noDocumentCookie: the server sets it in life
  document.cookie = "csrftoken=abc123";
  vi.stubGlobal("fetch", (url: string, init: RequestInit & { headers: Headers }) => {
    calls.push({ url, init });
    return Promise.resolve().then(answer);
  });
  await switchLocale("en");
});
afterEach(() => vi.unstubAllGlobals());

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(body === null ? null : JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });
const sent = (name: string) => calls[0]?.init.headers.get(name);
const failure = (promise: Promise<unknown>): Promise<ApiProblem> =>
  promise.then(
    () => Promise.reject(new Error("should fail")),
    (error) => error,
  );

describe("what every call carries", () => {
  it("says the language, proves where it comes from, and can be repeated safely", async () => {
    answer = () => json(201, { id: "1" });
    await api.post("/customer", { name: "恒拓" });
    expect(calls[0]?.url).toBe("/api/v1/customer");
    expect(sent("Accept-Language")).toBe("en");
    expect(sent("X-CSRFToken")).toBe("abc123");
    expect(sent("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
    expect(sent("Content-Type")).toBe("application/json");
  });

  it("keeps a given key, so that pressing save twice saves once", async () => {
    answer = () => json(201, {});
    await api.post("/customer", {}, { idempotencyKey: "draft-7" });
    expect(sent("Idempotency-Key")).toBe("draft-7");
  });

  it("does not ask the server to remember mere questions", async () => {
    answer = () => json(200, { data: [] });
    await api.post("/customer/query", { filter: null });
    expect(sent("Idempotency-Key")).toBeNull();
  });

  it("sends the version it has seen, and no CSRF token on reads", async () => {
    answer = () => json(200, {});
    await api.patch("/customer/1", {}, { version: 4 });
    expect(sent("If-Match")).toBe('"4"');
    calls.length = 0;
    await api.get("/customer/1");
    expect(sent("X-CSRFToken")).toBeNull();
  });

  it("leaves the content type of an upload to the browser", async () => {
    answer = () => json(201, {});
    await api.post("/files", new FormData());
    expect(sent("Content-Type")).toBeNull();
  });

  it("leaves out what is empty in a query", () => {
    expect(buildUrl("/members", { q: "", team: undefined, cursor: null, limit: 50, unread: false })).toBe(
      "/api/v1/members?limit=50&unread=false",
    );
  });
});

describe("what goes wrong", () => {
  it("gives field errors by field, the first of each", async () => {
    const errors = [
      { field: "amount", code: "wrong_type", message: "Not a number" },
      { field: "amount", code: "too_big", message: "Too big" },
      { field: "name", code: "required", message: "Required" },
    ];
    answer = () => json(422, { status: 422, code: "validation_failed", title: "Invalid", errors });
    const problem = await failure(api.post("/opportunity", {}));
    expect(problem).toBeInstanceOf(ApiProblem);
    expect([problem.status, problem.code]).toEqual([422, "validation_failed"]);
    expect(problem.byField()).toEqual({ amount: "Not a number", name: "Required" });
  });

  it("carries the current version of a stale record", async () => {
    answer = () => json(409, { code: "stale_version", current: 9 });
    expect((await failure(api.patch("/customer/1", {}, { version: 8 }))).current).toBe(9);
  });

  it("carries how long to wait", async () => {
    answer = () => json(429, { code: "rate_limited" }, { "Retry-After": "12" });
    expect((await failure(api.get("/customer"))).retryAfter).toBe(12);
  });

  it("survives a proxy that answers in HTML", async () => {
    answer = () => new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "Content-Type": "text/html" } });
    const problem = await failure(api.get("/customer"));
    expect([problem.status, problem.code]).toEqual([502, "unknown"]);
  });

  it("calls a lost connection by its name", async () => {
    answer = () => Promise.reject(new TypeError("Failed to fetch"));
    const problem = await failure(api.get("/customer"));
    expect([problem.status, problem.code]).toEqual([0, "network"]);
  });

  it("returns nothing for 204", async () => {
    answer = () => new Response(null, { status: 204 });
    await expect(api.delete("/customer/1", { version: 1 })).resolves.toBeUndefined();
  });
});
