import { useCallback, useMemo, useState } from "react";
import type { Cell, Grid } from "./model";

const keyOf = (row: number, column: number) => `${row}:${column}`;

/** What is typed into a grid and not saved yet. */
export function useDraft(grid: Grid) {
  const [edits, setEdits] = useState<ReadonlyMap<string, number | null>>(new Map());
  const stored = useCallback((row: number, column: number) => grid.rows[row]?.cells[column] ?? null, [grid]);
  const value = useCallback(
    (row: number, column: number) => {
      const edited = edits.get(keyOf(row, column));
      return edited === undefined ? stored(row, column) : edited;
    },
    [edits, stored],
  );
  const put = useCallback(
    (cells: readonly { row: number; column: number; amount: number | null }[]) =>
      setEdits((before) => {
        const next = new Map(before);
        for (const { row, column, amount } of cells) {
          if (amount === stored(row, column)) next.delete(keyOf(row, column));
          else next.set(keyOf(row, column), amount);
        }
        return next;
      }),
    [stored],
  );
  const cells = useMemo(
    () =>
      [...edits].flatMap(([key, amount]): Cell[] => {
        const [row = -1, column = -1] = key.split(":").map(Number);
        const found = grid.rows[row];
        const start = grid.starts[column];
        return found && start ? [{ kind: found.kind, id: found.id, start, amount }] : [];
      }),
    [edits, grid],
  );
  return {
    value,
    put,
    cells,
    isEdited: (row: number, column: number) => edits.has(keyOf(row, column)),
    forget: () => setEdits(new Map()),
  };
}
