import { expect, it } from "vitest";
import { keys } from "@/api/keys";
import { switchLocale } from "@/i18n";
import { createQueryClient } from "./query-client";

it("asks again for what the server worded when the language changes", async () => {
  await switchLocale("zh-CN");
  const client = createQueryClient();
  client.setQueryData(["records", "insight"], { why: "退货多于购买" });
  client.setQueryData(keys.me, { user: { locale: "zh-CN" } });
  await switchLocale("en");
  expect(client.getQueryState(["records", "insight"])?.isInvalidated).toBe(true);
  expect(client.getQueryState(keys.me)?.isInvalidated).toBe(false);
});
