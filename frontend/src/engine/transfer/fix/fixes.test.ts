import { describe, expect, it } from "vitest";
import type { ImportRow } from "@/api/types";
import { batches, cellOf, paste, replaceIn, setCell, toRequest } from "./fixes";

const row = (n: number, ...cells: string[]): ImportRow => ({ row: n, cells, errors: [], fixed: false });
const rows = [row(18, "宏图", "138-0277-45"), row(41, "凯达", "1392 8841 07"), row(57, "永信", "0769")];

describe("cells being put right", () => {
  it("keeps what differs from the file and forgets what was put back", () => {
    const one = setCell({}, rows[0] as ImportRow, 1, "13802774519");
    expect(cellOf(one, rows[0] as ImportRow, 1)).toBe("13802774519");
    expect(setCell(one, rows[0] as ImportRow, 1, "138-0277-45")).toEqual({});
  });

  it("replaces in one column and says in how many cells", () => {
    const { fixes, count } = replaceIn({}, rows, 1, "-", "");
    expect(count).toBe(1);
    expect(toRequest(fixes)).toEqual([{ row: 18, cells: { "1": "138027745" } }]);
    expect(replaceIn({}, rows, 1, "", "x").count).toBe(0);
  });

  it("lays a copied column down from one cell", () => {
    const fixes = paste({}, rows, 1, 1, "111\r\n222\r\n333\n");
    expect(cellOf(fixes, rows[1] as ImportRow, 1)).toBe("111");
    expect(cellOf(fixes, rows[2] as ImportRow, 1)).toBe("222");
    expect(Object.keys(fixes)).toHaveLength(2);
  });

  it("goes to the server in requests that it accepts", () => {
    const sizes = batches(Array.from({ length: 1480 }, (_, n) => n)).map((batch) => batch.length);
    expect(sizes).toEqual([1000, 480]);
    expect(batches([])).toEqual([]);
  });
});
