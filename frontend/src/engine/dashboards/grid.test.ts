import { describe, expect, it } from "vitest";
import { COLUMNS, compact, freePlace, nudged } from "./grid";
import { readFilters, writeFilters } from "./periods";
import type { Place, Widget } from "./types";

const widget = (id: string, x: number, y: number, w: number, h: number): Widget => ({
  id,
  x,
  y,
  w,
  h,
  name: null,
  kind: "figure",
  object: "customer",
  view: null,
  definition: null,
  date: null,
  compare: null,
  period: null,
});

const overlaps = (places: readonly Place[]): boolean =>
  places.some((a, i) =>
    places.slice(i + 1).some((b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h),
  );

describe("the grid", () => {
  const widgets = [widget("a", 0, 0, 6, 4), widget("b", 6, 0, 6, 2), widget("c", 0, 9, 12, 3)];

  it("rises without covering anything", () => {
    expect(compact(widgets).map(({ id, y }) => [id, y])).toEqual([
      ["a", 0],
      ["b", 0],
      ["c", 4],
    ]);
    expect(overlaps(compact([widget("a", 0, 0, 4, 4), widget("b", 2, 1, 4, 4), widget("c", 3, 2, 9, 2)]))).toBe(false);
  });

  it("moves by keys, within its columns and never over another", () => {
    let now = compact(widgets);
    for (const change of [{ x: 1 }, { y: 1 }, { y: 1 }, { w: 5 }, { h: -3 }, { x: -9 }, { y: -1 }, { x: 40 }]) {
      now = nudged(now, "a", change);
      expect(overlaps(now)).toBe(false);
      expect(now.every(({ x, w, y }) => x >= 0 && x + w <= COLUMNS && y >= 0)).toBe(true);
    }
    const down = nudged(compact(widgets), "a", { y: 1 });
    expect(down.find(({ id }) => id === "c")?.y).toBeLessThan(down.find(({ id }) => id === "a")?.y ?? 0);
  });

  it("puts a new widget into the first gap, or below", () => {
    expect(freePlace(compact(widgets), { w: 6, h: 2 })).toEqual({ x: 6, y: 2, w: 6, h: 2 });
    expect(freePlace(compact(widgets), { w: 12, h: 2 }).y).toBe(7);
    expect(freePlace([], { w: 3, h: 2 })).toEqual({ x: 0, y: 0, w: 3, h: 2 });
  });
});

describe("the filter bar in the address", () => {
  const own = { period: "this_month", owner: "me", team: null };

  it("says only what differs, and what is open", () => {
    const open = { period: null, owner: null, team: "my_teams" };
    const params = writeFilters(new URLSearchParams(), open, own);
    expect(params.toString()).toBe("period=all&owner=all&team=my_teams");
    expect(readFilters(params, own)).toEqual(open);
    expect(writeFilters(params, own, own).size).toBe(0);
    const days = { ...own, period: { from: "2026-01-01", to: "2026-03-31" } };
    expect(readFilters(writeFilters(new URLSearchParams(), days, own), own)).toEqual(days);
  });
});
