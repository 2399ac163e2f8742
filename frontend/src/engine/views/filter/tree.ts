/**
 * The filter tree as it is edited on screen.
 *
 * The API speaks `{and: […]}`, `{or: […]}`, `{not: …}` and leaves; the builder speaks a root group of
 * groups and leaves, addressed by a path of indexes. Every function returns a new tree and never
 * changes the one it was given; `clean` drops what is half filled in before a tree is sent.
 */
import type { FilterLeaf, FilterNode } from "@/api/types";

export type Join = "and" | "or";
export interface Group {
  join: Join;
  not?: boolean;
  items: Item[];
}
export interface Leaf {
  field: string;
  op: string;
  value?: unknown;
}
export type Item = Group | Leaf;
export type Path = readonly number[];

export const EMPTY: Group = { join: "and", items: [] };

/** Operators that stand without a value. */
const ALONE = new Set(["is_empty", "is_not_empty"]);

export const isGroup = (item: Item): item is Group => "join" in item;
export const needsValue = (op: string): boolean => !ALONE.has(op);

/** From the API's shape to the editor's: the root is always a group. */
export function fromFilter(node: FilterNode | null | undefined): Group {
  if (!node) return EMPTY;
  const item = read(node);
  return isGroup(item) && !item.not ? item : { join: "and", items: [item] };
}

function read(node: FilterNode): Item {
  if ("and" in node) return { join: "and", items: node.and.map(read) };
  if ("or" in node) return { join: "or", items: node.or.map(read) };
  if ("not" in node) {
    const inner = read(node.not);
    if (isGroup(inner)) return { ...inner, not: !inner.not };
    return { join: "and", not: true, items: [inner] };
  }
  return { field: node.field, op: node.op, value: node.value };
}

/** From the editor's shape to the API's: incomplete leaves and empty groups fall away. */
export function toFilter(group: Group): FilterNode | null {
  return write(group);
}

function write(item: Item): FilterNode | null {
  if (!isGroup(item)) {
    if (!isComplete(item)) return null;
    const leaf: FilterLeaf = { field: item.field, op: item.op };
    if (needsValue(item.op)) leaf.value = item.value;
    return leaf;
  }
  const kept = item.items.map(write).filter((node): node is FilterNode => node !== null);
  const only = kept[0];
  if (!only) return null;
  const joined: FilterNode = kept.length === 1 ? only : item.join === "and" ? { and: kept } : { or: kept };
  return item.not ? { not: joined } : joined;
}

export function isComplete(leaf: Leaf): boolean {
  if (!leaf.field || !leaf.op) return false;
  if (!needsValue(leaf.op)) return true;
  const { value } = leaf;
  if (value === undefined || value === null || value === "") return false;
  if (Array.isArray(value)) {
    if (leaf.op === "between")
      return value.length === 2 && value.every((v) => v !== null && v !== undefined && v !== "");
    return value.length > 0;
  }
  return true;
}

export function itemAt(root: Group, path: Path): Item | undefined {
  let item: Item | undefined = root;
  for (const index of path) {
    if (!item || !isGroup(item)) return undefined;
    item = item.items[index];
  }
  return item;
}

export function replaceAt(root: Group, path: Path, next: Item): Group {
  if (path.length === 0) return isGroup(next) ? next : { join: "and", items: [next] };
  return changeItems(root, path.slice(0, -1), (items) =>
    items.map((item, i) => (i === path[path.length - 1] ? next : item)),
  );
}

export function removeAt(root: Group, path: Path): Group {
  if (path.length === 0) return EMPTY;
  const trimmed = changeItems(root, path.slice(0, -1), (items) => items.filter((_, i) => i !== path[path.length - 1]));
  return dropEmptyGroups(trimmed, path.slice(0, -1));
}

export function insertAt(root: Group, groupPath: Path, item: Item): Group {
  return changeItems(root, groupPath, (items) => [...items, item]);
}

export function setJoin(root: Group, groupPath: Path, join: Join): Group {
  const group = itemAt(root, groupPath);
  return group && isGroup(group) ? replaceAt(root, groupPath, { ...group, join }) : root;
}

function changeItems(group: Group, path: Path, change: (items: Item[]) => Item[]): Group {
  const [head, ...rest] = path;
  if (head === undefined) return { ...group, items: change(group.items) };
  return {
    ...group,
    items: group.items.map((item, i) => (i === head && isGroup(item) ? changeItems(item, rest, change) : item)),
  };
}

/** A group that lost its last condition goes with it; the root stays. */
function dropEmptyGroups(root: Group, path: Path): Group {
  if (path.length === 0) return root;
  const group = itemAt(root, path);
  if (!group || !isGroup(group) || group.items.length > 0) return root;
  return removeAt(root, path);
}

export function countLeaves(item: Item): number {
  if (!isGroup(item)) return isComplete(item) ? 1 : 0;
  return item.items.reduce((sum, child) => sum + countLeaves(child), 0);
}

export function leaves(item: Item): Leaf[] {
  return isGroup(item) ? item.items.flatMap(leaves) : [item];
}

/** The condition a column header set for its field, if it stands at the root. */
export function quickLeaf(root: Group, field: string): { index: number; leaf: Leaf } | undefined {
  if (root.join !== "and" || root.not) return undefined;
  const index = root.items.findIndex((item) => !isGroup(item) && item.field === field);
  const leaf = root.items[index];
  return leaf && !isGroup(leaf) ? { index, leaf } : undefined;
}

export function setQuickLeaf(root: Group, field: string, leaf: Leaf | null): Group {
  const base: Group = root.join === "and" && !root.not ? root : { join: "and", items: root.items.length ? [root] : [] };
  const found = quickLeaf(base, field);
  if (!leaf) return found ? removeAt(base, [found.index]) : base;
  return found ? replaceAt(base, [found.index], leaf) : insertAt(base, [], leaf);
}

/** Both filters hold. */
export function both(...nodes: Array<FilterNode | null | undefined>): FilterNode | null {
  const kept = nodes.filter((node): node is FilterNode => Boolean(node));
  const only = kept[0];
  if (!only) return null;
  return kept.length === 1 ? only : { and: kept };
}
