import { act, render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { i18n, switchLocale } from "@/i18n";
import { defineMessages } from "./messages";

// Loading every page's messages registers them all.
const modules = import.meta.glob(
  ["../**/locales/index.ts", "../**/locales/sections.ts", "../**/messages.ts", "!./messages.ts"],
  { eager: true },
);

type Tree = { [key: string]: string | Tree };
const flat = (tree: Tree, prefix = ""): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  );

const namespaces = Object.keys(i18n.services.resourceStore.data["zh-CN"] ?? {});
const bundle = (language: string, namespace: string) =>
  new Map(flat(i18n.getResourceBundle(language, namespace) as Tree));
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)(?:, lower)?\}\}/g)].map((hit) => hit[1]).sort();

describe("both languages", () => {
  it("are found for every part", () => {
    expect(Object.keys(modules).length).toBeGreaterThan(5);
    expect(namespaces.length).toBeGreaterThan(5);
  });

  it.each(namespaces)("%s: same keys, same placeholders, nothing left untranslated", (namespace) => {
    const zh = bundle("zh-CN", namespace);
    const en = bundle("en", namespace);
    const known = [...en.keys()].filter((key) => !key.endsWith("_one"));
    expect(known.sort()).toEqual([...zh.keys()].sort());
    for (const [key, text] of zh) {
      expect([key, holes(en.get(key) ?? "")]).toEqual([key, holes(text)]);
      expect(text.trim(), key).not.toBe("");
    }
  });

  it.each(namespaces)("%s: Chinese is set as Chinese, English has no Chinese marks", (namespace) => {
    for (const [key, text] of bundle("zh-CN", namespace)) {
      expect(/[\u4e00-\u9fff][,;!?][\u4e00-\u9fff]/.test(text), `${key}: ${text}`).toBe(false);
    }
    for (const [key, text] of bundle("en", namespace)) {
      const quoted = text.replace(/[\u4e00-\u9fff]+/g, "");
      expect(/[，。；：！？（）「」]/.test(quoted), `${key}: ${text}`).toBe(false);
    }
  });
});

const probe = defineMessages(
  "probe",
  { hello: "你好", n_other: "{{count}} 人" },
  { hello: "Hello", n_one: "{{count}} person", n_other: "{{count}} people" },
);
function Probe() {
  const t = probe.useT();
  return (
    <p>
      {t("hello")} {t("n", { count: 1 })} {t("n", { count: 2 })}
    </p>
  );
}

describe("switching", () => {
  it("changes what is on screen at once and is remembered", async () => {
    await switchLocale("zh-CN");
    render(<Probe />);
    expect(screen.getByText("你好 1 人 2 人")).toBeTruthy();
    await act(() => switchLocale("en"));
    expect(screen.getByText("Hello 1 person 2 people")).toBeTruthy();
    expect(document.documentElement.lang).toBe("en");
    expect(localStorage.getItem("guanxi.locale")).toBe("en");
    await act(() => switchLocale("zh-CN"));
  });
});
