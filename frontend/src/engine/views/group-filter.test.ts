import { describe, expect, it } from "vitest";
import { filterOf, periodText } from "./group-filter";

describe("the filter of a group", () => {
  it("is a half-open stretch for a period", () => {
    expect(filterOf({ field: "d", bucket: "quarter" }, "2026-10-01")).toEqual({
      and: [
        { field: "d", op: "on_or_after", value: "2026-10-01" },
        { field: "d", op: "before", value: "2027-01-01" },
      ],
    });
  });
  it("finds what has no value", () => {
    expect(filterOf({ field: "stage" }, null)).toEqual({ field: "stage", op: "is_empty" });
  });
  it("opens a region with all below it", () => {
    expect(filterOf({ field: "region", bucket: "city" }, "广东省/中山市")).toEqual({
      field: "region",
      op: "within",
      value: "广东省/中山市",
    });
  });
  it("writes periods shortly", () => {
    expect(periodText("2026-10-01", "quarter")).toBe("2026 Q4");
    expect(periodText("广东省/中山市", "city")).toBe("中山市");
  });
});
