import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = `${import.meta.dirname}/`;
const files = (pattern: string) =>
  globSync(pattern, { cwd: root }).map((path) => ({ path, text: readFileSync(root + path, "utf8") }));

describe("the house rules that a linter does not know", () => {
  it("looks at the real files", () => expect(files("**/*.tsx").length).toBeGreaterThan(50));

  it("keeps components at 250 lines or less", () => {
    const long = files("**/*.tsx").filter(({ text }) => text.split("\n").length > 251);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  // A ring of no blur is a border that takes no room, and 2 px is the end of a bar.
  it("names colours, radii and shadows only in the tokens", () => {
    const literal =
      /#[0-9a-f]{3,8}\b(?![^\n]*url)|\brgba?\(|\bhsla?\(|border-radius:\s*(?!2px)\d+px|box-shadow:\s*(?!0 0 0 )\d/i;
    const found = [...files("**/*.css"), ...files("**/*.tsx")]
      .filter(({ path }) => path !== "kit/tokens.css" && !path.endsWith(".test.tsx"))
      .flatMap(({ path, text }) =>
        text
          .split("\n")
          .filter((line) => literal.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      );
    expect(found).toEqual([]);
  });

  it("keeps text at 12 px or more", () => {
    const small = files("**/*.css").flatMap(({ path, text }) =>
      [...text.matchAll(/font(?:-size)?:[^;]*?\b(?:[1-9]|1[01])px/g)].map((hit) => `${path}: ${hit[0]}`),
    );
    expect(small).toEqual([]);
  });

  it("lets imports point down only: kit, then api and i18n, engine, domains, app", () => {
    const above: Record<string, RegExp> = {
      kit: /from "@\/(engine|domains|app)\//,
      api: /from "@\/(engine|domains|app)\//,
      i18n: /from "@\/(engine|domains|app|kit)\//,
      engine: /from "@\/(domains|app)\//,
      domains: /from "@\/app\//,
    };
    const wrong = [...files("**/*.ts"), ...files("**/*.tsx")]
      .filter(({ path, text }) => above[path.split("/")[0] ?? ""]?.test(text))
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
  });
});
