import { describe, expect, it } from "vitest";
import { BLANK, formatSort, type ListState, parseSort, readState, writeState } from "./url-state";

const again = (state: ListState): ListState => readState(new URLSearchParams(writeState(state).toString()));

describe("the address of a list", () => {
  it("opens the same list again", () => {
    const states: ListState[] = [
      BLANK,
      { ...BLANK, view: "01a1-7c", kind: "board", q: "中山 恒拓 & 100%" },
      {
        ...BLANK,
        filter: {
          and: [
            { field: "customer.industry", op: "is", value: "教育" },
            { not: { field: "amount", op: "gt", value: 1.5 } },
          ],
        },
      },
      { ...BLANK, filter: null, sort: [], open: "01a1" },
      {
        ...BLANK,
        sort: [
          { field: "name", desc: false },
          { field: "amount", desc: true },
        ],
      },
    ];
    for (const state of states) expect(again(state)).toEqual(state);
  });

  it("leaves the view's own filter and sort out", () => {
    expect(writeState({ ...BLANK, view: "v" }).toString()).toBe("view=v");
  });

  it("survives an address someone mangled", () => {
    const read = (text: string) => readState(new URLSearchParams(text));
    expect(read("filter={broken").filter).toBeUndefined();
    expect(read('filter={"and":[{"field":1}]}').filter).toBeUndefined();
    expect(read("kind=nonsense&sort=,-,name").kind).toBeNull();
    expect(read("sort=,-,name").sort).toEqual([{ field: "name", desc: false }]);
  });

  it("reads and writes the order", () => {
    expect(formatSort(parseSort("name,-amount"))).toBe("name,-amount");
    expect(parseSort(null)).toEqual([]);
  });
});
