import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Palette, palettes } from "./theme";

const css = readFileSync(`${import.meta.dirname}/tokens.css`, "utf8");

/** Name → value of one theme's block, `var()` followed. */
function block(selector: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of css.split("}")) {
    const [head = "", body = ""] = part.split("{");
    if (
      head
        .trim()
        .replace(/\/\*[\s\S]*?\*\//g, "")
        .trim() !== selector
    )
      continue;
    for (const [, name = "", value = ""] of body.matchAll(/--gx-([a-z0-9-]+):\s*([^;]+);/g))
      found.set(name, value.trim());
  }
  return found;
}

const names: Record<keyof Palette, string> = {
  primary: "primary",
  primaryHover: "primary-hover",
  primaryActive: "primary-active",
  onPrimary: "on-primary",
  brand2: "brand-2",
  brand3: "brand-3",
  brand5: "brand-5",
  selected: "selected",
  link: "link",
  paper: "paper",
  surface: "surface",
  raised: "raised",
  subtle: "subtle",
  hover: "hover",
  fill: "fill",
  line: "line",
  lineStrong: "line-strong",
  lineInput: "line-input",
  mask: "mask",
  ink1: "ink-1",
  ink2: "ink-2",
  ink3: "ink-3",
  ink4: "ink-4",
  okFg: "ok-fg",
  okBg: "ok-bg",
  okSolid: "ok-solid",
  warnFg: "warn-fg",
  warnBg: "warn-bg",
  warnSolid: "warn-solid",
  badFg: "bad-fg",
  badBg: "bad-bg",
  badSolid: "bad-solid",
  infoFg: "info-fg",
  infoBg: "info-bg",
  infoSolid: "info-solid",
  muteFg: "mute-fg",
  muteBg: "mute-bg",
  muteSolid: "mute-solid",
  badge: "badge",
  sh1: "sh-1",
  sh2: "sh-2",
  sh3: "sh-3",
};

const plain = (value: string) =>
  value
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/\b0\./g, ".")
    .replace(/\.(\d)0\b/g, ".$1");

describe("faces", () => {
  it("begin with a Latin one in English and with a Chinese one in Chinese", () => {
    const fonts = [":root", ":root:lang(en)"].map((selector) => block(selector).get("font") ?? "");
    const [zh = 0, en = 0] = fonts.map((font) => font.indexOf("Arial") - font.indexOf("PingFang"));
    expect(en).toBeLessThan(0);
    expect(zh).toBeLessThan(0);
    expect(fonts[0]).not.toContain("Arial");
  });
});

describe("Ant Design gets exactly the values of tokens.css", () => {
  const light = block(":root");
  const dark = new Map([...light, ...block('[data-theme="dark"]')]);
  it.each([
    ["light", light],
    ["dark", dark],
  ] as const)("%s", (mode, values) => {
    const follow = (name: string): string => {
      const value = values.get(name) ?? "";
      const to = /^var\(--gx-([a-z0-9-]+)\)$/.exec(value)?.[1];
      return to ? follow(to) : value;
    };
    for (const [key, name] of Object.entries(names))
      expect([name, plain(palettes[mode][key as keyof Palette])]).toEqual([name, plain(follow(name))]);
  });
});
