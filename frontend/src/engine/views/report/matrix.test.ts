import { describe, expect, it } from "vitest";
import type { GroupRow, ReportMeasure } from "@/api/types";
import { filterOf } from "../group-filter";
import { matrixOf, shownAs } from "./matrix";

const COUNT: ReportMeasure = { op: "count", show: "value" };
const AVERAGE: ReportMeasure = { op: "avg", field: "amount", show: "value" };

const row = (keys: GroupRow["keys"], ...values: (number | null)[]): GroupRow => ({
  keys,
  labels: {},
  values: Object.fromEntries(values.map((value, at) => [`m${at}`, value])),
});

describe("ranges of numbers", () => {
  const by = { field: "amount", bucket: "range", edges: [0, 10.5, 100, 1000] };
  const row = (key: string | null, count: number): GroupRow => ({
    keys: { amount: key },
    labels: { amount: key },
    values: { m0: count },
  });

  it("stand in their order, empty ones between them, and open what they count", () => {
    const data = [row("100~1000", 3), row("0~10.5", 9), row(null, 1)];
    const asked = {
      groups: [by],
      measures: [{ op: "count" as const, show: "value" as const }],
      options: [undefined],
      top: null,
    };
    const matrix = matrixOf(data, [], asked);
    expect(matrix.rows.map((head) => head.key)).toEqual(["0~10.5", "10.5~100", "100~1000", null]);
    expect(matrix.cells.map(([cell]) => cell?.[0])).toEqual([9, 0, 3, 1]);
    expect(filterOf(by, "1000~")).toEqual({ field: "amount", op: "gte", value: 1000 });
    expect(filterOf(by, "0~10.5")).toEqual({
      and: [
        { field: "amount", op: "gte", value: 0 },
        { field: "amount", op: "lt", value: 10.5 },
      ],
    });
  });
});

describe("the rows and columns of a report", () => {
  it("orders options as they stand and everything else by its first figure", () => {
    const data = [row({ stage: "won" }, 1), row({ stage: "new" }, 5), row({ stage: null }, 9)];
    const asked = { groups: [{ field: "stage" }], measures: [COUNT], top: null };
    const ordered = matrixOf(data, [row({}, 15)], { ...asked, options: [["new", "won"]] });
    expect(ordered.rows.map((head) => head.key)).toEqual(["new", "won", null]);
    expect(ordered.cells).toEqual([[[5]], [[1]], [[9]]]);
    expect(ordered.totals).toEqual([15]);
    const sized = matrixOf(data, [row({}, 15)], { ...asked, options: [undefined] });
    expect(sized.rows.map((head) => head.key)).toEqual([null, "new", "won"]);
  });

  it("shows a month without records as one with none", () => {
    const data = [row({ at: "2026-03-01" }, 2, 10), row({ at: "2026-01-01" }, 1, 4)];
    const made = matrixOf(data, [row({}, 3, 8)], {
      groups: [{ field: "at", bucket: "month" }],
      measures: [COUNT, AVERAGE],
      options: [undefined],
      top: null,
    });
    expect(made.rows.map((head) => head.key)).toEqual(["2026-01-01", "2026-02-01", "2026-03-01"]);
    expect(made.cells.map((cells) => cells[0])).toEqual([
      [1, 4],
      [0, null],
      [2, 10],
    ]);
  });

  it("takes totals from the server and adds up only what can be added up", () => {
    const data = [
      row({ who: "a", stage: "new" }, 3, 10),
      row({ who: "b", stage: "new" }, 2, 20),
      row({ who: "c", stage: "won" }, 1, 60),
    ];
    const totals = [
      row({ who: "a" }, 3, 10), row({ who: "b" }, 2, 20), row({ who: "c" }, 1, 60),
      row({ stage: "new" }, 5, 14), row({ stage: "won" }, 1, 60), row({}, 6, 21.7),
    ]; // biome-ignore format: one line a kind
    const made = matrixOf(data, totals, {
      groups: [{ field: "who" }, { field: "stage" }],
      measures: [COUNT, AVERAGE],
      options: [undefined, ["new", "won"]],
      top: 1,
    });
    expect(made.rows).toEqual([
      { key: "a", label: null },
      { key: null, label: null, others: true },
    ]);
    expect(made.cells).toEqual([
      [
        [3, 10],
        [0, null],
      ],
      [
        [2, null],
        [1, null],
      ],
    ]);
    expect(made.rowTotals).toEqual([
      [3, 10],
      [3, null],
    ]);
    expect(made.columnTotals).toEqual([
      [5, 14],
      [1, 60],
    ]);
    expect(made.totals).toEqual([6, 21.7]);
  });

  it("has totals alone without a dimension", () => {
    expect(
      matrixOf([row({}, 7)], [row({}, 7)], { groups: [], measures: [COUNT], options: [], top: null }).totals,
    ).toEqual([7]);
  });
});

describe("what is shown of figures", () => {
  it("is their share, their sum so far, or their growth, and nothing where there is none", () => {
    expect(shownAs("share", [1, null, 3], 4)).toEqual([25, null, 75]);
    expect(shownAs("share", [1], 0)).toEqual([null]);
    expect(shownAs("running", [1, null, 3], 4)).toEqual([1, 1, 4]);
    expect(shownAs("growth", [2, 3, 0, 5], 10)).toEqual([null, 50, -100, null]);
    expect(shownAs("growth", [-4, -2], -6)).toEqual([null, 50]);
  });
});
