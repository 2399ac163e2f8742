import { describe, expect, it } from "vitest";
import type { Field, ObjectSchema } from "@/api/types";
import { applied, placeOf, suggest } from "./completion";
import type { FormulaFunction } from "./queries";
import { paintOf, tokenise, writtenName } from "./tokens";

const field = (key: string, zh: string, en: string, type = "text", target: string | null = null) =>
  ({ key, type, target, label: { "zh-CN": zh, en } }) as Field;
const object = (key: string, ...fields: Field[]) => ({ key, fields }) as ObjectSchema;
const deal = object(
  "deal",
  field("amount", "预计 金额", "Expected amount", "money"),
  field("count", "数量", "Count", "number"),
  field("count2", "数量", "Count", "number"),
  field("customer", "客户", "Customer", "link", "customer"),
  field("owner", "负责人", "Owner", "user", "user"),
  field("notes", "备注", "Notes", "rich_text"),
);
const customer = object("customer", field("industry", "行业", "Industry", "select"), field("name", "名称", "Name"));
const round = {
  key: "ROUND",
  name: { "zh-CN": "四舍五入", en: "ROUND" },
  signature: { "zh-CN": "ROUND(数字, [位数])", en: "ROUND(number, [places])" },
} as FormulaFunction;
const known = {
  object: deal,
  byKey: new Map([
    ["deal", deal],
    ["customer", customer],
  ]),
  functions: [round],
  locale: "zh-CN" as const,
};
const offered = (text: string) => suggest(text, text.length, known).items.map((item) => item.insert);

describe("the pieces of a formula", () => {
  it("are all there, whatever one types", () => {
    for (const text of ['IF(a＞1，“大”, {预计 金额}.x & "y""z")', '"open', "{open", "§ 1.5%", "客户.行业"]) {
      expect(
        tokenise(text)
          .map((token) => token.text)
          .join(""),
      ).toBe(text);
    }
  });

  it("are painted as what they are", () => {
    const tokens = tokenise('IF(客户.and AND 1, "x", {预计 金额})');
    const painted = tokens.map((token, index) => `${token.text}:${paintOf(tokens, index)}`);
    for (const piece of [
      "IF:function",
      "客户:field",
      "and:field",
      "AND:word",
      "1:number",
      '"x":text',
      "{预计 金额}:field",
    ])
      expect(painted).toContain(piece);
  });

  it("put braces around labels that need them", () => {
    expect(["金额", "预计 金额", "and", "2026目标"].map(writtenName)).toEqual([
      "金额",
      "{预计 金额}",
      "{and}",
      "{2026目标}",
    ]);
  });
});

describe("completion", () => {
  it("offers fields by label and key, and functions by either name", () => {
    expect(offered("1 + 金")).toEqual(["{预计 金额}"]);
    expect(offered("amo")).toEqual(["{预计 金额}"]);
    expect(offered("四舍")).toEqual(["ROUND()"]);
    expect(offered("rou")).toEqual(["ROUND()"]);
  });

  it("goes through links, to people too", () => {
    expect(offered("客户.")).toEqual(["行业", "名称"]);
    expect(offered("{客户}.行")).toEqual(["行业"]);
    expect(offered("owner.team.nam")).toEqual(["名称"]);
    expect(offered("数量.")).toEqual([]);
  });

  it("writes the key where two fields share a label, and leaves out what formulas cannot read", () => {
    expect(offered("数")).toEqual(["count", "count2"]);
    expect(offered("备")).toEqual([]);
  });

  it("is silent inside a text and where nothing was typed", () => {
    expect(placeOf('"金', 2)).toBeNull();
    expect(offered('"金')).toEqual([]);
    expect(offered("")).toEqual([]);
    expect(offered("1 + ")).toEqual([]);
  });

  it("puts in what was chosen, once", () => {
    const put = (text: string) => {
      const found = suggest(text, text.length, known);
      const item = found.items[0];
      return item && applied(text, text.length, found.start, item);
    };
    expect(put("1 + 金")).toEqual({ text: "1 + {预计 金额}", caret: 11 });
    expect(put("{预计")).toEqual({ text: "{预计 金额}", caret: 7 });
    expect(put("rou")).toEqual({ text: "ROUND()", caret: 6 });
    const item = suggest("rou(1)", 3, known).items[0];
    expect(item && applied("rou(1)", 3, 0, item)).toEqual({ text: "ROUND(1)", caret: 6 });
  });
});
