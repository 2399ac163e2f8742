/**
 * The pieces of a formula, for colours and for completion. The server alone decides what is right.
 */
export type TokenKind =
  | "space"
  | "number"
  | "text"
  | "name"
  | "braced"
  | "op"
  | "open"
  | "close"
  | "comma"
  | "dot"
  | "bad";

export interface Token {
  kind: TokenKind;
  at: number;
  text: string;
}

const PIECES: [TokenKind, RegExp][] = [
  ["space", /[\s\u3000]+/y],
  ["number", /\d+(?:\.\d+)?|\.\d+/y],
  ["text", /"(?:[^"]|"")*"?|“[^”]*”?/y],
  ["braced", /[{｛][^{}｛｝\n]*[}｝]?/y],
  ["name", /[\p{L}_][\p{L}\p{N}\p{M}_]*/uy],
  ["open", /[(（]/y],
  ["close", /[)）]/y],
  ["comma", /[,，]/y],
  ["dot", /[.．]/y],
  ["op", /<>|!=|<=|>=|==|[-+*/^&%=<>≠≤≥＝＜＞＆＋－−＊×／÷＾％]/y],
];

export function tokenise(text: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const token = pieceAt(text, at);
    found.push(token);
    at += token.text.length;
  }
  return found;
}

function pieceAt(text: string, at: number): Token {
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match?.[0]) return { kind, at, text: match[0] };
  }
  return { kind: "bad", at, text: String.fromCodePoint(text.codePointAt(at) ?? 0) };
}

const WORDS = new Set(["and", "or", "not", "true", "false", "且", "或", "非", "并且", "或者", "真", "假"]);

export const isWord = (name: string): boolean => WORDS.has(name.toLowerCase());

export type Paint = "function" | "word" | "field" | "text" | "number" | "op" | "bad" | "";

/** How a token is drawn: a name before an opening bracket is a function. */
export function paintOf(tokens: readonly Token[], index: number): Paint {
  const token = tokens[index];
  if (!token) return "";
  if (token.kind === "braced") return "field";
  if (token.kind === "text" || token.kind === "number" || token.kind === "bad" || token.kind === "op")
    return token.kind;
  if (token.kind !== "name") return "";
  const next = tokens.slice(index + 1).find((each) => each.kind !== "space");
  if (next?.kind === "open") return "function";
  return isWord(token.text) && tokens[index - 1]?.kind !== "dot" ? "word" : "field";
}

/** The label as a formula writes it. */
export function writtenName(label: string): string {
  return /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u.test(label) && !isWord(label) ? label : `{${label}}`;
}
