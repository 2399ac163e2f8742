import { describe, expect, it } from "vitest";
import { movedSection, placedOf, stepped, toBody } from "./arrangement";
import type { DesignField } from "./design";

const label = { "zh-CN": "分组", en: "Section" };
const sections = [
  { key: "a", label },
  { key: "b", label },
];
const fields = [
  { key: "one", section: "a" },
  { key: "two", section: "b" },
  { key: "three", section: "a" },
  { key: "lost", section: "gone" },
] as DesignField[];
const placed = placedOf({ sections, fields });

describe("fields in their sections", () => {
  it("stand where they belong; one whose section is gone stands in the first", () => {
    expect(placed).toEqual({ a: ["one", "three", "lost"], b: ["two"] });
  });
  it("go one step within a section, and over its edge into the next", () => {
    expect(stepped(placed, ["a", "b"], "three", -1).a).toEqual(["three", "one", "lost"]);
    expect(stepped(placed, ["a", "b"], "lost", 1)).toEqual({ a: ["one", "three"], b: ["lost", "two"] });
    expect(stepped(placed, ["a", "b"], "two", -1)).toEqual({ a: ["one", "three", "lost", "two"], b: [] });
    expect(stepped(placed, ["a", "b"], "one", -1)).toEqual(placed);
  });
  it("moves sections and tells the server all of it, new ones without a key", () => {
    expect(movedSection(sections, "b", -1).map((section) => section.key)).toEqual(["b", "a"]);
    expect(movedSection(sections, "a", -1)).toEqual(sections);
    expect(toBody([...sections, { label }], placed)).toEqual([
      { key: "a", label, fields: ["one", "three", "lost"] },
      { key: "b", label, fields: ["two"] },
      { label, fields: [] },
    ]);
  });
});
