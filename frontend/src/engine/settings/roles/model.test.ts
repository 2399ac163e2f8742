import { describe, expect, it } from "vitest";
import {
  changed,
  type Flat,
  flatten,
  isCapped,
  linePreset,
  reach,
  said,
  together,
  unflatten,
  withPaths,
} from "./model";

const rights = {
  objects: { "*": { see: "team", create: true, edit: "own" }, customer: { see: "all", edit: null } },
  fields: { customer: { phone: "masked", name: "edit" } },
  actions: { convert: false, close: true },
  areas: ["members"],
} as const;
const flat: Flat = flatten(rights as never);
const customer = { key: "customer", shared: false };
const deal = { key: "opportunity", shared: false };
const product = { key: "product", shared: true };

describe("a role as a table of paths", () => {
  it("leaves out what holds anyway, and comes back as it was", () => {
    expect(Object.keys(flat)).toEqual([
      "objects.*.see",
      "objects.*.create",
      "objects.*.edit",
      "objects.customer.see",
      "fields.customer.phone",
      "actions.convert",
      "areas.members",
    ]);
    expect(flatten(unflatten(flat))).toEqual(flat);
    expect(unflatten(flat).fields).toEqual({ customer: { phone: "masked" } });
  });

  it("names the paths that differ", () => {
    const next = withPaths(flat, { "objects.customer.see": undefined, "areas.audit": true });
    expect(changed(flat, next)).toEqual(["areas.audit", "objects.customer.see"]);
    expect(changed(next, next)).toEqual([]);
  });
});

describe("how far a verb reaches", () => {
  it("follows the line of all other objects where an object says nothing", () => {
    expect(reach(flat, customer, "see")).toBe("all");
    expect(said(flat, "customer", "edit")).toBeUndefined();
    expect(reach(flat, customer, "edit")).toBe("own");
    expect(reach(flat, deal, "create")).toBe("all");
    expect(reach(flat, deal, "merge")).toBe("none");
  });

  it("knows no owners of shared objects", () => {
    expect(reach(flat, product, "see")).toBe("all");
    expect(reach(flat, product, "edit")).toBe("none");
    expect(reach(withPaths(flat, { "objects.*.edit": "team_below" }), product, "edit")).toBe("all");
    expect(reach(withPaths(flat, { "objects.product.edit": "own" }), product, "edit")).toBe("all");
  });

  it("tells where more is written than seeing allows", () => {
    const wide = withPaths(flat, { "objects.*.delete": "all" });
    expect(isCapped(wide, deal, "delete")).toBe(true);
    expect(isCapped(wide, customer, "delete")).toBe(false);
    expect(isCapped(wide, deal, "create")).toBe(false);
  });

  it("sets a whole line, with switches as switches", () => {
    const looking = withPaths(flat, linePreset("customer", "look"));
    expect(looking["objects.customer.see"]).toBe("all");
    expect(looking["objects.customer.edit"]).toBe("none");
    expect(looking["objects.customer.create"]).toBe(false);
    const following = withPaths(looking, linePreset("customer", "inherit"));
    expect(Object.keys(following).some((path) => path.startsWith("objects.customer."))).toBe(false);
  });
});

describe("two people change one role", () => {
  it("keeps both, and mine where both chose differently", () => {
    const mine = withPaths(flat, { "objects.*.see": "all", "areas.audit": true });
    const theirs = withPaths(flat, { "objects.*.see": "own", "fields.customer.phone": undefined });
    const { flat: both, clashes } = together(flat, mine, theirs);
    expect(both["objects.*.see"]).toBe("all");
    expect(both["areas.audit"]).toBe(true);
    expect("fields.customer.phone" in both).toBe(false);
    expect(clashes).toEqual(["objects.*.see"]);
  });

  it("sees no clash where both chose the same", () => {
    const mine = withPaths(flat, { "areas.audit": true });
    expect(together(flat, mine, mine).clashes).toEqual([]);
  });
});
