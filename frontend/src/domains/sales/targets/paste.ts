/** What comes out of a spreadsheet: rows by lines, cells by tabs; amounts as people write them. */

/** The cells of copied text; null for an empty one, NaN for what is no amount. */
export function cellsOf(text: string): (number | null)[][] {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  return lines.map((line) => line.split("\t").map(amountOf));
}

const TIMES: Record<string, number> = { 千: 1e3, k: 1e3, 万: 1e4, w: 1e4, m: 1e6, 百万: 1e6, 亿: 1e8 };

/** An amount as people write it: `12,000`, `¥1.2万`, `30k`; null for nothing, NaN for what is no amount. */
export function amountOf(text: string): number | null {
  const bare = text
    .normalize("NFKC")
    .replace(/[\s,，'¥￥$€]/g, "")
    .toLowerCase();
  if (bare === "" || bare === "-" || bare === "—") return null;
  const found = /^(\d+(?:\.\d+)?|\.\d+)(千|万|百万|亿|k|w|m)?$/.exec(bare);
  if (!found) return Number.NaN;
  const value = Number(found[1]) * (TIMES[found[2] ?? ""] ?? 1);
  return Math.round(value * 100) / 100;
}
