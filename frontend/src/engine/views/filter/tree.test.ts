import { describe, expect, it } from "vitest";
import type { FilterNode } from "@/api/types";
import {
  both,
  countLeaves,
  EMPTY,
  fromFilter,
  type Group,
  type Item,
  insertAt,
  isGroup,
  itemAt,
  leaves,
  type Path,
  quickLeaf,
  removeAt,
  replaceAt,
  setJoin,
  setQuickLeaf,
  toFilter,
} from "./tree";

/** A small repeatable source of chance, so that a failure can be run again. */
function chance(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((state / 4294967296) * below);
  };
}

function grow(pick: (below: number) => number, depth: number): Item {
  if (depth === 0 || pick(3) > 0) return { field: `f${pick(9)}`, op: "is", value: pick(100) };
  const items = Array.from({ length: 1 + pick(3) }, () => grow(pick, depth - 1));
  return { join: pick(2) ? "and" : "or", ...(pick(4) === 0 ? { not: true } : {}), items };
}

function tree(seed: number): Group {
  const pick = chance(seed);
  return { join: pick(2) ? "and" : "or", items: Array.from({ length: 1 + pick(4) }, () => grow(pick, 3)) };
}

function paths(item: Item, at: Path = []): Path[] {
  return isGroup(item) ? [at, ...item.items.flatMap((child, i) => paths(child, [...at, i]))] : [at];
}

const SEEDS = Array.from({ length: 200 }, (_, i) => i + 1);

describe("editing the filter tree", () => {
  it("keeps its meaning on the way to the API and back, however often", () => {
    for (const seed of SEEDS) {
      const once = toFilter(tree(seed));
      expect(toFilter(fromFilter(once)), `seed ${seed}`).toEqual(once);
    }
  });

  it("never changes the tree it was given", () => {
    for (const seed of SEEDS) {
      const root = tree(seed);
      const before = JSON.stringify(root);
      for (const path of paths(root)) {
        removeAt(root, path);
        replaceAt(root, path, { field: "x", op: "is", value: 1 });
        const item = itemAt(root, path);
        if (item && isGroup(item)) {
          insertAt(root, path, { field: "x", op: "is", value: 1 });
          setJoin(root, path, "or");
        }
      }
      expect(JSON.stringify(root), `seed ${seed}`).toBe(before);
    }
  });

  it("removes exactly what it was told to, and no group stays empty", () => {
    for (const seed of SEEDS) {
      const root = tree(seed);
      for (const path of paths(root).filter((each) => each.length > 0)) {
        const gone = itemAt(root, path) as Item;
        const next = removeAt(root, path);
        expect(leaves(next).length, `seed ${seed}`).toBe(leaves(root).length - leaves(gone).length);
        for (const each of paths(next).slice(1)) {
          const item = itemAt(next, each) as Item;
          expect(!isGroup(item) || item.items.length > 0).toBe(true);
        }
      }
    }
  });

  it("puts in where it was told to, and finds it again", () => {
    for (const seed of SEEDS) {
      const root = tree(seed);
      for (const path of paths(root).filter((each) => isGroup(itemAt(root, each) as Item))) {
        const next = insertAt(root, path, { field: "new", op: "is", value: 1 });
        expect(countLeaves(next)).toBe(countLeaves(root) + 1);
        const group = itemAt(next, path) as Group;
        expect(group.items.at(-1)).toEqual({ field: "new", op: "is", value: 1 });
      }
    }
  });

  it("drops half filled conditions and what they leave empty", () => {
    const draft: Group = {
      join: "and",
      items: [
        { field: "a", op: "is" },
        { field: "b", op: "between", value: [1, null] },
        { join: "or", items: [{ field: "c", op: "in", value: [] }] },
        { field: "d", op: "is_empty" },
      ],
    };
    expect(toFilter(draft)).toEqual({ field: "d", op: "is_empty" });
    expect(toFilter(EMPTY)).toBeNull();
  });

  it("sets and takes back the condition of a column without touching others", () => {
    const filter: FilterNode = {
      or: [
        { field: "a", op: "is", value: 1 },
        { field: "b", op: "is", value: 2 },
      ],
    };
    const root = fromFilter(filter);
    const set = setQuickLeaf(root, "c", { field: "c", op: "is", value: 3 });
    expect(toFilter(set)).toEqual({ and: [filter, { field: "c", op: "is", value: 3 }] });
    expect(quickLeaf(set, "c")?.leaf.value).toBe(3);
    expect(toFilter(setQuickLeaf(set, "c", null))).toEqual(filter);
    expect(both(null, undefined, filter)).toBe(filter);
  });
});
