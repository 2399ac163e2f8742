import { describe, expect, it } from "vitest";
import { stretches, sumsOf } from "./periods";

describe("a period against the same days of the one before", () => {
  it("compares Friday with the Monday to Friday of last week", () => {
    expect(stretches("week", "2026-11-20")).toEqual({
      now: ["2026-11-16", "2026-11-20"],
      before: ["2026-11-09", "2026-11-13"],
    });
  });
  it("counts Sunday to the week that began on Monday", () => {
    expect(stretches("week", "2026-11-22").now[0]).toBe("2026-11-16");
  });
  it("compares the 31st of March with all of February", () => {
    expect(stretches("month", "2026-03-31").before).toEqual(["2026-02-01", "2026-02-28"]);
  });
  it("crosses the year", () => {
    expect(stretches("month", "2027-01-05").before).toEqual(["2026-12-01", "2026-12-05"]);
    expect(stretches("today", "2027-01-01").before).toEqual(["2026-12-31", "2026-12-31"]);
  });
  it("adds up daily groups, ignoring what lies outside and what is empty", () => {
    const row = (day: string | null, count: number | null) => ({
      keys: { created_at: day },
      labels: {},
      values: { count },
    });
    const rows = [
      row("2026-11-16", 3),
      row("2026-11-20", 2),
      row("2026-11-13", 4),
      row("2026-11-14", 9),
      row(null, 7),
      row("2026-11-18", null),
    ];
    expect(sumsOf(rows, "created_at", "count", "week", "2026-11-20")).toEqual({ now: 5, before: 4 });
  });
});
