import { expect, test } from "vitest";
import { choicesOf, linesOf } from "./model";

test("choices keep their values while their words or their places stay", () => {
  const first = choicesOf("网上 | Online\n 朋友\n\n展会", []);
  expect(first.map(({ label }) => label)).toEqual([
    { "zh-CN": "网上", en: "Online" },
    { "zh-CN": "朋友" },
    { "zh-CN": "展会" },
  ]);
  expect(new Set(first.map(({ value }) => value)).size).toBe(3);
  expect(choicesOf(linesOf(first), first)).toEqual(first);
  const [one, two, three] = first.map(({ value }) => value);
  expect(choicesOf("网上 | Online\n老朋友\n展会", first).map(({ value }) => value)).toEqual([one, two, three]);
  expect(choicesOf("网上 | Online\n展会", first).map(({ value }) => value)).toEqual([one, three]);
  expect(choicesOf("展会\n朋友\n网上 | Online", first).map(({ value }) => value)).toEqual([three, two, one]);
  const added = choicesOf("新的\n网上 | Online\n朋友\n展会", first).map(({ value }) => value);
  expect(added.slice(1)).toEqual([one, two, three]);
  expect(first.map(({ value }) => value)).not.toContain(added[0]);
});
