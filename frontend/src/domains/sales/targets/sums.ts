import type { Id } from "@/api";
import type { GridRow } from "./model";

type Line = Pick<GridRow, "kind" | "id" | "parent">;
export type Value = (row: number, column: number) => number | null;

const add = (one: number | null, other: number | null) =>
  one === null && other === null ? null : Math.round(((one ?? 0) + (other ?? 0)) * 100) / 100;

/**
 * What the parts of each team (and of the firm) come to in a column: its people, and the teams below it, each by its
 * own number or else by its parts. Null where nobody has one; people have no parts.
 */
export function partsOf(rows: readonly Line[], column: number, value: Value): (number | null)[] {
  const at = new Map<Id, number>(rows.flatMap((row, index) => (row.kind === "team" ? [[row.id, index]] : [])));
  const firm = rows.findIndex((row) => row.kind === "firm");
  const below: number[][] = rows.map(() => []);
  rows.forEach((row, index) => {
    if (row.kind === "firm") return;
    const parent = row.parent === null ? firm : (at.get(row.parent) ?? firm);
    if (parent >= 0 && parent !== index) below[parent]?.push(index);
  });
  const found: (number | null)[] = rows.map(() => null);
  const seen = new Set<number>();
  const visit = (index: number): number | null => {
    const own = value(index, column);
    if (rows[index]?.kind === "user" || seen.has(index)) return own;
    seen.add(index);
    found[index] = (below[index] ?? []).reduce<number | null>((sum, part) => add(sum, visit(part)), null);
    return own ?? found[index] ?? null;
  };
  rows.forEach((row, index) => {
    if (row.kind !== "user") visit(index);
  });
  return found;
}

export const total = (values: readonly (number | null)[]) => values.reduce<number | null>(add, null);
