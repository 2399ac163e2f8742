import { describe, expect, it } from "vitest";
import { scopeFor, scopesOf } from "./useScope";

const team = { id: "t", name: "华南一组" };

describe("whose work the workbench shows", () => {
  it("offers what one leads", () => {
    expect(scopesOf({ role: "member", team })).toEqual(["mine"]);
    expect(scopesOf({ role: "manager", team })).toEqual(["mine", "team"]);
    expect(scopesOf({ role: "admin", team: null })).toEqual(["mine", "all"]);
    expect(scopesOf({ role: "admin", team })).toEqual(["mine", "team", "all"]);
  });

  it("begins wide for those who lead and own nothing, else with one's own", () => {
    expect(scopeFor(["mine", "all"], undefined, true)).toBe("all");
    expect(scopeFor(["mine", "team"], undefined, true)).toBe("team");
    expect(scopeFor(["mine", "team", "all"], undefined, false)).toBe("mine");
    expect(scopeFor(["mine"], undefined, true)).toBe("mine");
  });

  it("follows the choice, unless it is no longer theirs", () => {
    expect(scopeFor(["mine", "all"], "mine", true)).toBe("mine");
    expect(scopeFor(["mine"], "all", undefined)).toBe("mine");
  });
});
