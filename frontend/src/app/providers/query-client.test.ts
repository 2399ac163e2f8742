import { QueryObserver } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import { keys } from "@/api/keys";
import { currentLocale, switchLocale } from "@/i18n";
import { createQueryClient } from "./query-client";

it("asks again for what the server worded when the language changes", async () => {
  await switchLocale("zh-CN");
  const client = createQueryClient();
  client.setQueryData(["records", "insight"], { why: "退货多于购买" });
  client.setQueryData(keys.me, { user: { locale: "zh-CN" } });
  await switchLocale("en");
  await vi.waitFor(() => expect(client.getQueryState(["records", "insight"])?.isInvalidated).toBe(true));
  expect(client.getQueryState(keys.me)?.isInvalidated).toBe(false);
});

it("puts a question again that was under way in the language before", async () => {
  await switchLocale("en");
  const client = createQueryClient();
  const answers: (() => void)[] = [];
  const ask = () => {
    const asked = currentLocale();
    return new Promise<string>((resolve) => answers.push(() => resolve(asked)));
  };
  const observer = new QueryObserver(client, { queryKey: ["records", "why"], queryFn: ask });
  const stop = observer.subscribe(() => {});
  await switchLocale("zh-CN");
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  for (const answer of answers) answer();
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe("zh-CN"));
  stop();
});
