/**
 * What can stand where one is writing: fields of the object, fields behind a link after a dot, functions.
 */
import type { Field, ObjectSchema } from "@/api/types";
import type { Locale } from "@/i18n";
import type { FormulaFunction } from "./queries";
import { type Token, tokenise, writtenName } from "./tokens";

export interface Suggestion {
  key: string;
  kind: "field" | "function";
  /** What is put in place of what was typed, and how far back the caret goes from its end. */
  insert: string;
  back: number;
  title: string;
  detail: string;
  field?: Field;
  function?: FormulaFunction;
}

export interface Suggestions {
  /** Where what was typed begins. */
  start: number;
  items: Suggestion[];
}

interface Known {
  object: ObjectSchema | undefined;
  byKey: ReadonlyMap<string, ObjectSchema>;
  functions: readonly FormulaFunction[];
  locale: Locale;
}

const MOST = 40;
const NOTHING: Suggestions = { start: 0, items: [] };
const UNUSABLE = new Set(["rich_text", "links", "file", "files", "image", "address", "location", "json", "time"]);

/** The fields of people and teams, which have no page of metadata of their own. */
const plain = (key: string, zh: string, en: string, target: string | null = null, type = "text") =>
  ({ key, type, target, label: { "zh-CN": zh, en } }) as Field;
const PEOPLE: Record<string, Field[]> = {
  user: [
    plain("name", "姓名", "Name"),
    plain("email", "邮箱", "E-mail"),
    plain("team", "部门", "Team", "team", "team"),
    plain("manager", "上级", "Manager", "user", "user"),
    plain("role", "角色", "Role", null, "select"),
  ],
  team: [
    plain("name", "名称", "Name"),
    plain("parent", "上级部门", "Parent team", "team", "team"),
    plain("manager", "负责人", "Manager", "user", "user"),
  ],
};

export function suggest(text: string, caret: number, known: Known): Suggestions {
  const place = placeOf(text, caret);
  if (!place || !known.object) return NOTHING;
  const fields = fieldsAt(place.parts, known);
  if (!fields) return NOTHING;
  const wanted = place.typed.toLowerCase();
  const found: [number, Suggestion][] = [];
  for (const field of fields) {
    const rank = rankOf(wanted, [field.label["zh-CN"], field.label.en, field.key]);
    if (rank !== null && !UNUSABLE.has(field.type)) found.push([rank, fieldSuggestion(field, fields, known)]);
  }
  if (!place.parts.length && !place.braced && wanted) {
    for (const item of known.functions) {
      const rank = rankOf(wanted, [item.key, item.name["zh-CN"]]);
      if (rank !== null) found.push([rank + 0.5, functionSuggestion(item, known.locale)]);
    }
  }
  if (!wanted && !place.parts.length) return NOTHING;
  found.sort((a, b) => a[0] - b[0]);
  return { start: place.start, items: found.slice(0, MOST).map(([, item]) => item) };
}

/** 0 the very name, 1 begins with it, 2 has it in it. */
function rankOf(wanted: string, names: readonly string[]): number | null {
  let best: number | null = null;
  for (const name of names) {
    const text = name.toLowerCase();
    const rank = text === wanted ? 0 : text.startsWith(wanted) ? 1 : text.includes(wanted) ? 2 : null;
    if (rank !== null && (best === null || rank < best)) best = rank;
  }
  return best;
}

interface Place {
  start: number;
  typed: string;
  braced: boolean;
  parts: string[];
}

/** What is being typed at the caret, and the names before its dots; null inside a text. */
export function placeOf(text: string, caret: number): Place | null {
  const before = tokenise(text.slice(0, caret));
  const last = before.at(-1);
  if (last?.kind === "text" && isOpen(last)) return null;
  let index = before.length - 1;
  let start = caret;
  let typed = "";
  let braced = false;
  if (last?.kind === "name" || (last?.kind === "braced" && !/[}｝]$/.test(last.text))) {
    braced = last.kind === "braced";
    start = last.at;
    typed = braced ? last.text.slice(1) : last.text;
    index -= 1;
  } else if (last && last.kind !== "dot") {
    return { start, typed, braced, parts: [] };
  }
  const parts: string[] = [];
  while (before[index]?.kind === "dot") {
    const name = before[index - 1];
    if (name?.kind !== "name" && name?.kind !== "braced") return null;
    parts.unshift(bare(name));
    index -= 2;
  }
  return { start, typed, braced, parts };
}

const isOpen = (token: Token) => token.text.length === 1 || !/["”]$/.test(token.text);
const bare = (token: Token) => (token.kind === "braced" ? token.text.slice(1, -1).trim() : token.text);

function fieldsAt(parts: readonly string[], known: Known): Field[] | null {
  let fields: Field[] | undefined = known.object?.fields;
  for (const part of parts) {
    const name = part.toLowerCase();
    const link: Field | undefined =
      fields?.find((field) => field.key === part) ??
      fields?.find((field) => [field.label["zh-CN"].toLowerCase(), field.label.en.toLowerCase()].includes(name));
    const target = link?.type === "link" || PEOPLE[link?.target ?? ""] ? link?.target : null;
    fields = target ? (known.byKey.get(target)?.fields ?? PEOPLE[target]) : undefined;
  }
  return fields ?? null;
}

function fieldSuggestion(field: Field, fields: readonly Field[], known: Known): Suggestion {
  const label = field.label[known.locale];
  const same = fields.filter((other) => [other.label["zh-CN"], other.label.en].includes(label) || other.key === label);
  const insert = same.length > 1 || /[{}｛｝\n]/.test(label) ? field.key : writtenName(label);
  return { key: `f:${field.key}`, kind: "field", insert, back: 0, title: label, detail: field.key, field };
}

function functionSuggestion(item: FormulaFunction, locale: Locale): Suggestion {
  const empty = item.signature.en.endsWith("()");
  return {
    key: `x:${item.key}`,
    kind: "function",
    insert: `${item.key}()`,
    back: empty ? 0 : 1,
    title: item.signature[locale],
    detail: item.name["zh-CN"],
    function: item,
  };
}

/** The text with a suggestion put in, and where the caret stands then. */
export function applied(text: string, caret: number, start: number, item: Suggestion): { text: string; caret: number } {
  let rest = text.slice(caret);
  if (item.kind === "function" && /^[(（]/.test(rest)) rest = rest.replace(/^[(（]/, "");
  const insert = item.kind === "function" && rest !== text.slice(caret) ? item.insert.slice(0, -1) : item.insert;
  if (item.kind === "field" && text[start]?.match(/[{｛]/)) rest = rest.replace(/^[}｝]/, "");
  const back = insert === item.insert ? item.back : 0;
  return { text: text.slice(0, start) + insert + rest, caret: start + insert.length - back };
}
