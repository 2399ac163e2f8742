import { describe, expect, it } from "vitest";
import { bestValues, draftOf, filled } from "./scan";

const value = (field: string, text: string, confidence: number) => ({
  object: "contact" as const,
  field,
  value: text,
  confidence,
  box: null,
});

describe("a scanned card", () => {
  const card = { values: [value("mobile", "1", 0.9), value("mobile", "2", 0.5), value("name", "陈", 0.4)], rest: [] };
  it("keeps the surest value of each field", () => {
    expect(bestValues(card).contact.mobile?.value).toBe("1");
    expect(draftOf(card).contact).toEqual({ mobile: "1", name: "陈" });
  });
  it("sends only what is filled in", () => {
    expect(filled({ a: " ", b: "x" })).toEqual({ b: "x" });
  });
});
