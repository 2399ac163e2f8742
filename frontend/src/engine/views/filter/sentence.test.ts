import { afterEach, describe, expect, it } from "vitest";
import type { FilterNode, ObjectSchema } from "@/api/types";
import { currentLocale, labelIn, switchLocale } from "@/i18n";
import { formatDate, formatMoney, formatNumber, formatPercent } from "@/kit";
import { t } from "../messages";
import { customer, objects, opportunity } from "../test-schema";
import { parseSort } from "../url-state";
import { plain, sentence } from "./sentence";
import { fromFilter } from "./tree";
import { operatorText } from "./useOperatorText";
import { valueText } from "./value-text";

function say(object: ObjectSchema, filter: FilterNode | null, sort = ""): string {
  const label = (text: Parameters<typeof labelIn>[1], fallback?: string) => labelIn(currentLocale(), text, fallback);
  const format = {
    number: (value: unknown) => formatNumber(value as number, currentLocale()),
    money: (value: unknown) => formatMoney(value as number, "CNY", currentLocale()),
    percent: (value: unknown) => formatPercent(value as number, currentLocale()),
    date: (value: unknown) => formatDate(value as string, currentLocale(), "Asia/Shanghai"),
  };
  const nameOf = (id: string) => ({ t1: "华南一组", u1: "林悦" })[id];
  const parts = sentence(object, fromFilter(filter), parseSort(sort), {
    t,
    label,
    objects,
    operatorText,
    valueText: (field, leaf) => valueText(field, leaf, { t, label, nameOf, format }),
  });
  return plain(parts);
}

const asDrawn: FilterNode = {
  and: [
    { field: "owner", op: "within", value: "t1" },
    { field: "owner", op: "is_not_empty" },
    { field: "created_at", op: "before", value: { relative: "-7d" } },
  ],
};

afterEach(() => switchLocale("zh-CN"));

describe("the sentence of a filter", () => {
  it("reads in Chinese as people write it", async () => {
    await switchLocale("zh-CN");
    expect(say(customer, asDrawn, "next_contact_at")).toBe(
      "显示华南一组的客户，其中负责人不为空、建档早于 7 天前，按下次联系升序",
    );
  });

  it("reads in English as people write it", async () => {
    await switchLocale("en");
    expect(say(customer, asDrawn, "-next_contact_at")).toBe(
      "Showing 华南一组’s customers where Owner is not empty and Created is before 7 days ago, sorted by Next contact descending",
    );
  });

  it("says mine, everything, related fields and groups", async () => {
    await switchLocale("zh-CN");
    expect(say(customer, { field: "owner", op: "is", value: "me" })).toBe("显示我的客户");
    expect(say(customer, null)).toBe("显示全部客户");
    expect(say(customer, { field: "id", op: "in", value: ["a", "b"] })).toBe("显示客户，其中是选定的 2 条");
    expect(say(opportunity, { field: "customer.industry", op: "is", value: "education" })).toBe(
      "显示商机，其中客户的行业是教育",
    );
    expect(
      say(customer, {
        and: [
          { field: "revenue", op: "between", value: [10000, 50000] },
          {
            or: [
              { field: "industry", op: "in", value: ["education", "metal"] },
              { not: { field: "name", op: "contains", value: "学院" } },
            ],
          },
        ],
      }),
    ).toBe("显示客户，其中收入介于 ¥10,000 到 ¥50,000、（行业属于教育、五金或不符合（客户名称包含学院））");
    await switchLocale("en");
    expect(say(customer, { field: "owner", op: "is", value: "me" })).toBe("Showing my customers");
  });

  it("leaves out what is half filled in and shows what it does not know", async () => {
    await switchLocale("zh-CN");
    expect(say(customer, { and: [{ field: "name", op: "is" }] })).toBe("显示全部客户");
    expect(say(customer, { field: "gone", op: "is", value: 1 })).toBe("显示客户，其中 gone");
  });
});
