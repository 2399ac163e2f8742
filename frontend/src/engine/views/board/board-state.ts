/**
 * The board as it is shown: what the server said, with the moves it has not yet confirmed laid over it.
 *
 * A move is optimistic: the card and the figures of both columns change at once. Refused, the move is taken
 * off again and the board is exactly what it was; confirmed, the server's answer replaces it.
 */
import type { RecordData } from "@/api/types";

export interface ColumnFigures {
  count: number;
  exact: boolean;
  sum: number;
}

export interface ColumnState extends ColumnFigures {
  key: string;
  records: RecordData[];
  /** Probability 0–100 for weighting; undefined where the field has none. */
  probability?: number;
}

export interface Move {
  record: RecordData;
  from: string;
  to: string;
  /** What was typed to pass the gate, shown on the card while it is on its way. */
  values?: Record<string, unknown>;
}

export type Moves = Readonly<Record<string, Move>>;

export function addMove(moves: Moves, move: Move): Moves {
  if (move.from === move.to) return dropMove(moves, move.record.id);
  return { ...moves, [move.record.id]: move };
}

export function dropMove(moves: Moves, id: string): Moves {
  if (!(id in moves)) return moves;
  const { [id]: _, ...rest } = moves;
  return rest;
}

export function applyMoves(
  columns: readonly ColumnState[],
  moves: Moves,
  field: string,
  amount: (record: RecordData) => number,
): ColumnState[] {
  const list = Object.values(moves);
  if (list.length === 0) return [...columns];
  return columns.map((column) => {
    const leaving = list.filter((move) => move.from === column.key && move.to !== column.key);
    const coming = list.filter((move) => move.to === column.key && move.from !== column.key);
    const gone = new Set(list.map((move) => move.record.id));
    if (!leaving.length && !coming.length) return column;
    const arrived = coming.map((move) => ({ ...move.record, ...move.values, [field]: column.key }));
    return {
      ...column,
      records: [...arrived, ...column.records.filter((record) => !gone.has(record.id))],
      count: column.count - leaving.length + coming.length,
      sum: column.sum - total(leaving, amount) + total(coming, amount),
    };
  });
}

function total(moves: readonly Move[], amount: (record: RecordData) => number): number {
  return moves.reduce((sum, move) => sum + amount(move.record), 0);
}

export const weighted = (column: Pick<ColumnState, "sum" | "probability">): number | undefined =>
  column.probability === undefined ? undefined : (column.sum * column.probability) / 100;

/** Days in the stage against what the stage expects: how a card's bar is drawn. */
export type Age = { days: number; expected: number | null; share: number; tone: "calm" | "soon" | "late" };

export function ageInStage(
  since: string | null | undefined,
  expected: number | null | undefined,
  now: Date,
): Age | null {
  if (!since) return null;
  const start = new Date(since).getTime();
  if (Number.isNaN(start)) return null;
  const days = Math.max(0, Math.floor((now.getTime() - start) / 86_400_000));
  if (!expected) return { days, expected: null, share: 0, tone: "calm" };
  const tone = days > expected * 1.5 ? "late" : days > expected ? "soon" : "calm";
  return { days, expected, share: Math.min(1, days / expected), tone };
}
