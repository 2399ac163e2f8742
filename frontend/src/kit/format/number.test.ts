import { describe, expect, it } from "vitest";
import { formatCompact, formatCount, formatMoney, formatNumber, formatPhone } from "./number";

describe("amounts as people read them", () => {
  it.each([
    [386_000, "¥38.6万", "¥386K"],
    [107_000_000, "¥1.07亿", "¥107M"],
    [1_863_000, "¥186.3万", "¥1.86M"],
    [9_999, "¥9,999", "¥10K"],
    [10_000, "¥1万", "¥10K"],
    [950, "¥950", "¥950"],
    [0, "¥0", "¥0"],
    [-92_000, "−¥9.2万", "−¥92K"],
    [3_800_000_000, "¥38亿", "¥3.8B"],
  ])("%d is %s and %s", (value, zh, en) => {
    expect(formatMoney(value, "CNY", "zh-CN", { compact: true })).toBe(zh);
    expect(formatMoney(value, "CNY", "en", { compact: true })).toBe(en);
  });

  it("never shows ten thousand of a unit: 9,999.96万 is 1亿", () => {
    expect(formatCompact(99_999_600, "zh-CN")).toBe("1亿");
    expect(formatCompact(999_960, "en")).toBe("1M");
  });

  it("keeps every digit where it is exact, cents only where there are some", () => {
    expect(formatMoney("1864000", "CNY", "zh-CN")).toBe("¥1,864,000");
    expect(formatMoney(1200.5, "USD", "en")).toBe("$1,200.50");
    expect(formatMoney(12, "THB", "en")).toBe("THB 12");
  });

  it("shows a dash where there is no number, and never NaN", () => {
    for (const value of [null, undefined, "", "abc"]) expect(formatNumber(value, "en")).toBe("—");
  });

  it("marks a count that stops at the cap", () => {
    expect(formatCount({ value: 10_000, exact: false }, "en")).toBe("10,000+");
    expect(formatCount({ value: 214, exact: true }, "zh-CN")).toBe("214");
  });
});

describe("telephone numbers", () => {
  it("groups Chinese mobiles, leads city numbers with 0, leaves foreign ones alone", () => {
    expect(formatPhone("+8613800138000")).toBe("138 0013 8000");
    expect(formatPhone("+8676985321180")).toBe("0769-8532 1180");
    expect(formatPhone("+867576264385")).toBe("0757-626 4385");
    expect(formatPhone("+861085321180;ext=802")).toBe("010-8532 1180 转 802");
    expect(formatPhone("+861085321180;ext=802", "ext.")).toBe("010-8532 1180 ext. 802");
    expect(formatPhone("+864008301234")).toBe("400 830 1234");
    expect(formatPhone("+14155550123")).toBe("+1 415 555 0123");
    expect(formatPhone("+85261234567")).toBe("+852 6123 4567");
    expect(formatPhone("+442079460958")).toBe("+44 207 946 0958");
    expect(formatPhone("not a number")).toBe("not a number");
  });
});
