import { describe, expect, it } from "vitest";
import { momentOf } from "./when";

describe("when to be in touch again", () => {
  it("is ten in the morning of the firm, whatever the browser's zone", () => {
    expect(momentOf("tomorrow", "2026-11-22", "Asia/Shanghai")).toBe("2026-11-23T02:00:00Z");
    expect(momentOf("three", "2026-11-22", "Europe/Berlin")).toBe("2026-11-25T09:00:00Z");
  });
  it("next Monday is never today", () => {
    expect(momentOf("week", "2026-11-22", "UTC")).toBe("2026-11-23T10:00:00Z");
    expect(momentOf("week", "2026-11-23", "UTC")).toBe("2026-11-30T10:00:00Z");
  });
  it("may be none", () => {
    expect(momentOf("none", "2026-11-22", "UTC")).toBeNull();
  });
});
