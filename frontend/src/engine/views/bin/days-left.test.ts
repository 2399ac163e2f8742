import { describe, expect, it } from "vitest";
import { daysLeft } from "./days-left";

const now = Date.parse("2026-05-01T12:00:00Z");

describe("how long the bin keeps a record", () => {
  it("counts down from ninety and never below nothing", () => {
    expect(daysLeft("2026-05-01T11:00:00Z", now)).toBe(90);
    expect(daysLeft("2026-04-01T12:00:00Z", now)).toBe(60);
    expect(daysLeft("2026-01-31T13:00:00Z", now)).toBe(1);
    expect(daysLeft("2025-05-01T12:00:00Z", now)).toBe(0);
  });
});
