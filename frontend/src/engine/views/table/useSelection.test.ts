import { describe, expect, it } from "vitest";
import { bulkTarget } from "./useSelection";

const some = { all: false, ids: new Set(["1", "2"]), size: 2 };
const all = { all: true, ids: new Set<string>(), size: 28 };
const filter = { field: "industry", op: "is", value: "logistics" };

describe("what a bulk call touches", () => {
  it("is the chosen rows", () => {
    expect(bulkTarget(some, { filter, q: "佛山" }, true)).toEqual({ ids: ["1", "2"] });
  });

  it("is everything the list shows: filter, search and the number on screen", () => {
    expect(bulkTarget(all, { filter, q: "佛山" }, true)).toEqual({ filter, q: "佛山", expect: 28 });
    expect(bulkTarget(all, { filter: null, q: "" }, true)).toEqual({
      filter: { field: "id", op: "is_not_empty" },
      expect: 28,
    });
  });

  it("claims no number where the count stopped early", () => {
    expect(bulkTarget(all, { filter, q: "" }, false)).toEqual({ filter });
  });
});
