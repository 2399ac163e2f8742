import { describe, expect, it } from "vitest";
import type { Field } from "@/api/types";
import { cellsOf, moved, pasted, type Row, readingColumns, totalOf, typingColumns, valueIn } from "./lines";

const field = (key: string, type: string, more: Partial<Field> = {}): Field =>
  ({ key, type, config: {}, options: null, readonly: false, ...more }) as Field;

const columns = [field("name", "text"), field("count", "number"), field("sum", "decimal", { readonly: true })];
const row = (name: string): Row => ({ row: name, line: { name } });

describe("what a spreadsheet puts on the clipboard", () => {
  it("is cells, quotes and the last line break taken off", () => {
    expect(cellsOf("a\tb\r\nc\td\r\n")).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
    expect(cellsOf('"x\ny"\t"say ""hi"""')).toEqual([["x\ny", 'say "hi"']]);
    expect(cellsOf("a\t\nb\t")).toEqual([
      ["a", ""],
      ["b", ""],
    ]);
  });

  it("is left to the cell's own editor when it is one piece of text", () => {
    expect(cellsOf("滤芯")).toBeNull();
    expect(cellsOf("滤芯\n")).toBeNull();
  });

  it("lies over the lines from a cell on, adds lines, and says what was not read", () => {
    const found = pasted(
      [row("甲"), row("乙")],
      columns,
      { row: 1, column: 0 },
      [
        ["丙", "1,200", "9"],
        ["丁", "一打"],
      ],
      () => row("new"),
    );
    expect(found.rows.map((each) => each.line)).toEqual([{ name: "甲" }, { name: "丙", count: 1200 }, { name: "丁" }]);
    expect(found.unread).toBe(1);
  });
});

describe("a cell", () => {
  it("is read as its column says", () => {
    const status = field("s", "select", { options: [{ value: "open", label: { "zh-CN": "处理中", en: "Open" } }] });
    expect(valueIn(status, "处理中")).toBe("open");
    expect(valueIn(status, "什么")).toBeUndefined();
    expect(valueIn(field("d", "date"), "2026年3月5日")).toBe("2026-03-05");
    expect(valueIn(field("b", "boolean"), "是")).toBe(true);
    expect(valueIn(field("l", "link"), "甲公司")).toBeUndefined();
    expect(valueIn(field("n", "number"), "")).toBeNull();
  });
});

describe("lines", () => {
  it("move, and stay within the list", () => {
    expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
    expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
  });

  it("add up by their digits", () => {
    const price = field("p", "decimal", { config: { decimals: 2 } });
    expect(totalOf(price, [{ p: 0.1 }, { p: 0.2 }, {}])).toBe(0.3);
    expect(totalOf(price, [{}])).toBeNull();
  });
});

describe("the columns of lines", () => {
  const product = field("product", "link", { in_list: true });
  const name = field("name", "text", { in_list: true });
  const unit = field("unit", "text", { in_list: true });
  const net = field("net", "money", { readonly: true });
  const own = field("own", "formula", { readonly: true, custom: true });
  const keys = (columns: Field[]) => columns.map((each) => each.key);
  const pump = { product: { id: "1", title: "泵" }, name: "泵", own: 3 };

  it("to read are those of lists and one's own, without what is empty or said beside", () => {
    const all = [product, name, unit, net, own];
    expect(keys(readingColumns(all, [pump]))).toEqual(["product", "own"]);
    expect(keys(readingColumns(all, [pump, { name: "安装", unit: "次" }]))).toEqual(["product", "name", "unit", "own"]);
    expect(keys(readingColumns([net, own], [{ net: 1, own: 2 }]))).toEqual(["net", "own"]);
  });

  it("to type into are those that can be, and what is worked out where lists show it", () => {
    expect(keys(typingColumns([product, net, own]))).toEqual(["product", "own"]);
  });
});
