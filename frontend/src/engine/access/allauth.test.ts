import { afterEach, describe, expect, it, vi } from "vitest";
import { isProblem } from "@/api";
import { signIn, signUp } from "./allauth";

function answer(status: number, body: unknown) {
  vi.stubGlobal("fetch", () =>
    Promise.resolve(new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } })),
  );
}
afterEach(() => vi.unstubAllGlobals());

const person = { email: "lin@example.com", password: "secret-words" };

describe("signing in", () => {
  it("is done with 200", async () => {
    answer(200, { status: 200, meta: { is_authenticated: true } });
    expect(await signIn(person)).toEqual({ step: "done" });
  });

  it("goes on to the second step where one is pending", async () => {
    answer(401, {
      status: 401,
      data: { flows: [{ id: "login" }, { id: "mfa_authenticate", is_pending: true, types: ["totp", "webauthn"] }] },
      meta: { is_authenticated: false },
    });
    expect(await signIn(person)).toEqual({ step: "mfa", types: ["totp", "webauthn"] });
  });

  it("is done where this browser is signed in already", async () => {
    answer(409, { status: 409 });
    expect(await signIn(person)).toEqual({ step: "done" });
  });

  it("puts what was wrong at its field", async () => {
    answer(400, {
      status: 400,
      errors: [{ code: "email_password_mismatch", param: "password", message: "Not correct." }],
    });
    const error = await signIn(person).catch((caught: unknown) => caught);
    expect(isProblem(error) && error.byField()).toEqual({ password: "Not correct." });
  });

  it("waits for the mail where an address must be confirmed", async () => {
    answer(401, {
      status: 401,
      data: { flows: [{ id: "verify_email", is_pending: true }] },
      meta: { is_authenticated: false },
    });
    expect(await signUp({ ...person, name: "林悦", workspace_name: "岭南智造" })).toEqual({ step: "verify_email" });
  });
});
