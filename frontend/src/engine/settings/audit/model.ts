import type { Label } from "@/api/types";
import { currentLocale, labelIn } from "@/i18n";

export interface Entry {
  id: string;
  at: string;
  kind: string;
  kind_label: Label;
  group: string;
  actor: { id: string; name: string | null } | null;
  token: { id: string; name: string | null } | null;
  ip: string;
  agent: string;
  via: string;
  operation: string;
  object: string | null;
  object_label: Label | null;
  record: string | null;
  count: number;
  detail: Record<string, unknown>;
}

export interface Change {
  object: string;
  object_label: Label | null;
  record: string;
  action: string;
  fields: Label[];
}

export interface Watch {
  visible_watermark: boolean;
  alert_factor: number;
  alert_least: number;
  night_from: number;
  night_to: number;
  version: number;
}

export interface SealState {
  streams: {
    stream: string;
    blocks: number;
    sealed_at: string | null;
    waiting_since: string | null;
    is_known_outside: boolean;
  }[];
  verified: { at: string; entries: number } | null;
  broken: { stream: string; how: string; seq: number; row_id: string | null; text: string }[];
}

export interface About {
  kinds: { key: string; group: string; label: Label }[];
  groups: { key: string; label: Label }[];
  seal: SealState;
  settings: Watch;
}

/** What is looked for; kept in the page's address. */
export const FILTERS = ["group", "kind", "actor", "object", "from", "to", "ip", "record"] as const;
export type Filters = Partial<Record<(typeof FILTERS)[number], string>>;

export function filtersOf(search: URLSearchParams): Filters {
  return Object.fromEntries(FILTERS.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])));
}

/** A short name of the program behind a User-Agent. */
export function programOf(agent: string): string {
  const found = /(Edg|OPR|Firefox|Chrome|Safari|MicroMessenger|wxwork|DingTalk|Lark)\/[\d.]+/.exec(agent);
  const names: Record<string, string> = { Edg: "Edge", OPR: "Opera", MicroMessenger: "WeChat", wxwork: "WeCom" };
  if (found?.[1]) return names[found[1]] ?? found[1];
  return agent.split(/[\s/]/)[0] ?? "";
}

/** `[before, after]` pairs of a detail, and everything else it says. */
export function partsOf(detail: Record<string, unknown>): {
  pairs: [string, unknown, unknown][];
  rest: [string, unknown][];
} {
  const { changes, ...others } = detail;
  const pairs = Object.entries((changes ?? {}) as Record<string, unknown>).filter(
    (each): each is [string, [unknown, unknown]] => Array.isArray(each[1]) && each[1].length === 2,
  );
  return {
    pairs: pairs.map(([name, [before, after]]) => [name, before, after]),
    rest: Object.entries(others).filter(([, value]) => value !== null && value !== "" && !isEmpty(value)),
  };
}

export function shown(value: unknown): string {
  if (value === null || value === undefined || value === "") return "—";
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value.join(", ");
  if (isLabel(value)) return labelIn(currentLocale(), value);
  return JSON.stringify(value);
}

/** A name in both languages, as settings keep it. */
const isLabel = (value: unknown): value is Label =>
  typeof value === "object" && value !== null && "zh-CN" in value && Object.keys(value).length <= 2;

/** What a change of settings is about in a few words: a new name alone, or from what to what. */
export function said([name, before, after]: [string, unknown, unknown]): string {
  if (name === "name") return shown(after ?? before);
  return `${name}: ${shown(before)} → ${shown(after)}`;
}

const isEmpty = (value: unknown) => typeof value === "object" && value !== null && Object.keys(value).length === 0;
