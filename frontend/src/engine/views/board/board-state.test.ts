import { describe, expect, it } from "vitest";
import type { RecordData } from "@/api/types";
import { addMove, ageInStage, applyMoves, type ColumnState, dropMove, weighted } from "./board-state";

const card = (id: string, stage: string, amount: number): RecordData => ({
  id,
  object: "opportunity",
  title: id,
  version: 1,
  owner: null,
  created_at: "",
  created_by: null,
  updated_at: "",
  updated_by: null,
  stage,
  amount,
});

const amountOf = (record: RecordData) => record.amount as number;
const a = card("a", "needs", 100);
const b = card("b", "needs", 50);
const columns: ColumnState[] = [
  { key: "needs", records: [a, b], count: 7, sum: 700, exact: true, probability: 30 },
  { key: "won", records: [], count: 2, sum: 20, exact: true, probability: 100 },
];

describe("moving a card on the board", () => {
  it("shows the card and both columns' figures changed before the server answers", () => {
    const moves = addMove({}, { record: a, from: "needs", to: "won" });
    const [needs, won] = applyMoves(columns, moves, "stage", amountOf);
    expect(needs).toMatchObject({ records: [b], count: 6, sum: 600 });
    expect(won).toMatchObject({ count: 3, sum: 120 });
    expect(won?.records[0]).toMatchObject({ id: "a", stage: "won" });
    expect(weighted(won as ColumnState)).toBe(120);
  });

  it("is exactly as before when the server refuses", () => {
    const moves = addMove({}, { record: a, from: "needs", to: "won", values: { loss_reason: "price" } });
    expect(applyMoves(columns, dropMove(moves, "a"), "stage", amountOf)).toEqual(columns);
  });

  it("takes back one of two moves and keeps the other", () => {
    const two = addMove(addMove({}, { record: a, from: "needs", to: "won" }), { record: b, from: "needs", to: "won" });
    const [needs, won] = applyMoves(columns, dropMove(two, "a"), "stage", amountOf);
    expect(needs).toMatchObject({ records: [a], count: 6, sum: 650 });
    expect(won?.records.map((record) => record.id)).toEqual(["b"]);
  });

  it("forgets a move back to where the card came from", () => {
    const there = addMove({}, { record: a, from: "needs", to: "won" });
    expect(addMove(there, { record: a, from: "needs", to: "needs" })).toEqual({});
  });

  it("shows the card once when the server's list already holds it", () => {
    const moves = addMove({}, { record: a, from: "needs", to: "won" });
    const late = columns.map((column) =>
      column.key === "won" ? { ...column, records: [{ ...a, stage: "won" }] } : column,
    );
    const [, won] = applyMoves(late, moves, "stage", amountOf);
    expect(won?.records).toHaveLength(1);
  });
});

describe("age in a stage", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  it("is calm, soon and late against what the stage expects", () => {
    expect(ageInStage("2026-11-18T12:00:00Z", 10, now)).toMatchObject({ days: 3, tone: "calm", share: 0.3 });
    expect(ageInStage("2026-11-09T12:00:00Z", 10, now)).toMatchObject({ days: 12, tone: "soon", share: 1 });
    expect(ageInStage("2026-10-29T12:00:00Z", 14, now)).toMatchObject({ days: 23, tone: "late" });
    expect(ageInStage(null, 10, now)).toBeNull();
    expect(ageInStage("2026-11-18T12:00:00Z", null, now)).toMatchObject({ expected: null });
  });
});
