import { describe, expect, test } from "vitest";
import { depths, movedDay } from "./model";
import { amountOf, cellsOf } from "./paste";
import { partsOf, total } from "./sums";

describe("amounts as people write them", () => {
  test.each([
    ["12,000", 12000],
    ["¥1.2万", 12000],
    ["３０Ｋ", 30000],
    [" 0.5 ", 0.5],
    ["1 亿", 1e8],
    ["", null],
    ["—", null],
  ])("%s is %s", (text, value) => expect(amountOf(text)).toBe(value));
  test.each(["abc", "-5", "1..2", "1e9", "=SUM(A1)"])("%s is no amount", (text) => expect(amountOf(text)).toBeNaN());
});

test("a block of a spreadsheet keeps its shape", () => {
  expect(cellsOf("1\t2\r\n\t3万\r\n")).toEqual([
    [1, 2],
    [null, 30000],
  ]);
});

test("people stand below their team, teams below theirs", () => {
  const rows = [
    { kind: "firm", id: "f", parent: null },
    { kind: "team", id: "a", parent: null },
    { kind: "user", id: "u", parent: "a" },
    { kind: "team", id: "b", parent: "a" },
    { kind: "user", id: "v", parent: "b" },
    { kind: "user", id: "w", parent: "gone" },
  ] as const;
  expect(depths(rows)).toEqual([0, 1, 2, 2, 3, 1]);
});

test("periods follow each other", () => {
  expect(movedDay("month", "2026-12-01", 1)).toBe("2027-01-01");
  expect(movedDay("quarter", "2026-01-01", -1)).toBe("2025-10-01");
  expect(movedDay("year", "2026-01-01", 1)).toBe("2027-01-01");
});

test("parts of a team are its people and the teams below, a typed number before its parts", () => {
  const rows = [
    { kind: "firm", id: "f", parent: null },
    { kind: "team", id: "a", parent: null },
    { kind: "user", id: "u", parent: "a" },
    { kind: "team", id: "b", parent: "a" },
    { kind: "user", id: "v", parent: "b" },
    { kind: "user", id: "w", parent: null },
  ] as const;
  const cells = [null, null, 10.1, null, 20.2, 1];
  expect(partsOf(rows, 0, (row) => cells[row] ?? null)).toEqual([31.3, 30.3, null, 20.2, null, null]);
  cells[3] = 50;
  expect(partsOf(rows, 0, (row) => cells[row] ?? null)).toEqual([61.1, 60.1, null, 20.2, null, null]);
  expect(total([null, null])).toBeNull();
  expect(total([0.1, null, 0.2])).toBe(0.3);
});
