/**
 * What a list shows, as its address: `?view=…&kind=…&filter=…&sort=…&q=…&open=…`.
 *
 * A copied link opens the same list. What equals the saved view is left out, so that the address stays short
 * and a view that changes later changes for the one who only chose the view.
 */
import type { FilterNode } from "@/api/types";
import { KINDS, type ViewKind } from "./kinds";

export type { ViewKind } from "./kinds";

export interface SortKey {
  field: string;
  desc: boolean;
}

export interface ListState {
  view: string | null;
  kind: ViewKind | null;
  /** undefined: the view's own filter; null: none. */
  filter: FilterNode | null | undefined;
  sort: SortKey[] | undefined;
  q: string;
  /** The record in the preview drawer. */
  open: string | null;
}

export const BLANK: ListState = { view: null, kind: null, filter: undefined, sort: undefined, q: "", open: null };

export function parseSort(text: string | null | undefined): SortKey[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part && part !== "-")
    .map((part) => (part.startsWith("-") ? { field: part.slice(1), desc: true } : { field: part, desc: false }));
}

export function formatSort(sort: readonly SortKey[]): string {
  return sort.map((key) => (key.desc ? `-${key.field}` : key.field)).join(",");
}

export function readState(params: URLSearchParams): ListState {
  const kind = params.get("kind");
  return {
    view: params.get("view"),
    kind: kind && (KINDS as readonly string[]).includes(kind) ? (kind as ViewKind) : null,
    filter: params.has("filter") ? parseFilter(params.get("filter") ?? "") : undefined,
    sort: params.has("sort") ? parseSort(params.get("sort")) : undefined,
    q: params.get("q") ?? "",
    open: params.get("open"),
  };
}

/** A filter someone mangled in the address is no filter; the page still opens. */
function parseFilter(text: string): FilterNode | null | undefined {
  if (text === "" || text === "none") return null;
  try {
    const node: unknown = JSON.parse(text);
    return isNode(node) ? node : undefined;
  } catch {
    return undefined;
  }
}

function isNode(value: unknown): value is FilterNode {
  if (typeof value !== "object" || value === null) return false;
  const node = value as Record<string, unknown>;
  if (Array.isArray(node.and)) return node.and.every(isNode);
  if (Array.isArray(node.or)) return node.or.every(isNode);
  if ("not" in node) return isNode(node.not);
  return typeof node.field === "string" && typeof node.op === "string";
}

export function writeState(state: ListState): URLSearchParams {
  const params = new URLSearchParams();
  if (state.view) params.set("view", state.view);
  if (state.kind) params.set("kind", state.kind);
  if (state.filter !== undefined) params.set("filter", state.filter === null ? "none" : JSON.stringify(state.filter));
  if (state.sort !== undefined) params.set("sort", formatSort(state.sort));
  if (state.q) params.set("q", state.q);
  if (state.open) params.set("open", state.open);
  return params;
}
