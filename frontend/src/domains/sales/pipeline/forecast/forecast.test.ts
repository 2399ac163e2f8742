import { describe, expect, it } from "vitest";
import {
  gridOf,
  listOf,
  monthAfter,
  open,
  outcomeOf,
  quarterOf,
  stretches,
  totalOf,
  velocityOf,
  weightedOf,
} from "./forecast";

const row = (keys: Record<string, string | number | null>, values: Record<string, number | null>) => ({
  keys,
  labels: {},
  values,
});

describe("the forecast", () => {
  it("puts every open deal in one row", () => {
    expect(monthAfter("2026-11-22", 2)).toBe("2027-01-01");
    expect(stretches("2026-11-22").map((each) => each.key)).toEqual([
      "overdue",
      "2026-11-01",
      "2026-12-01",
      "2027-01-01",
      "2027-02-01",
      "2027-03-01",
      "2027-04-01",
      "later",
      "none",
    ]);
    const grid = gridOf("2026-11-22", [
      row({ forecast_category: "commit", expected_close_date: "2026-11-01" }, { count: 2, sum: 10 }),
      row({ forecast_category: "commit", expected_close_date: "2025-01-01" }, { count: 1, sum: 5 }),
      row({ forecast_category: "omitted", expected_close_date: "2026-10-01" }, { count: 1, sum: 7 }),
      row({ forecast_category: null, expected_close_date: null }, { count: 3, sum: null }),
      row({ forecast_category: "pipeline", expected_close_date: "2027-05-01" }, { count: 1, sum: 1 }),
    ]);
    expect(grid.get("2026-11-01")?.get("commit")).toEqual({ count: 2, sum: 10 });
    expect(totalOf(grid.get("overdue") ?? [])).toEqual({ count: 1, sum: 5 });
    expect(grid.get("none")?.get("unset")).toEqual({ count: 3, sum: 0 });
    expect(grid.get("later")?.get("pipeline")?.count).toBe(1);
  });
  it("knows how often and how fast deals are won", () => {
    const outcome = outcomeOf([
      row({ status: "won" }, { count: 3, sum: 900, days: 30 }),
      row({ status: "lost" }, { count: 1, sum: 0, days: 10 }),
    ]);
    expect(outcome).toMatchObject({ won: 3, lost: 1, rate: 0.75, amount: 900 });
    expect(velocityOf(4, outcome)).toBe(30);
    expect(outcomeOf([]).rate).toBeNull();
    expect(velocityOf(4, outcomeOf([]))).toBeNull();
    expect(weightedOf([row({ probability: 50 }, { sum: 100 }), row({ probability: null }, { sum: 9 })])).toBe(50);
    expect(quarterOf("2017-04-01")).toEqual({ year: "2017", quarter: 2 });
    expect(listOf(open("mine"))).toContain("/o/opportunity?");
  });
});
