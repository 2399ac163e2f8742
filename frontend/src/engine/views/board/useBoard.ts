import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keys } from "@/api/keys";
import { type FieldProblem, isProblem } from "@/api/problem";
import type { FilterNode, ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { refusalText } from "../../records/refusal";
import { useUpdateRecord, type Values } from "../../records/useRecord";
import { addMove, dropMove, type Moves } from "./board-state";

/** A card the server will not let pass without more: it asks in place. */
export interface Gate {
  record: RecordData;
  to: string;
  errors: readonly FieldProblem[];
}

interface Options {
  onRefused: (reason: string) => void;
  onMoved: (record: RecordData, from: string, to: string) => void;
}

/** Moves of cards: shown at once, sent with the version, taken back or asked about when refused. */
export function useBoard(object: ObjectSchema, field: string, options: Options) {
  const client = useQueryClient();
  const label = useLabel();
  const update = useUpdateRecord(object.key);
  const [moves, setMoves] = useState<Moves>({});
  const [gate, setGate] = useState<Gate | null>(null);

  const move = async (record: RecordData, to: string, values: Values = {}) => {
    const from = columnOf(record, field);
    if (from === to) return;
    setMoves((before) => addMove(before, { record, from, to, values }));
    try {
      await update.mutateAsync({ record, values: { ...values, [field]: to } });
      setGate(null);
      await client.invalidateQueries({ queryKey: keys.records(object.key), refetchType: "active" });
      options.onMoved(record, from, to);
    } catch (error) {
      const gate = isProblem(error) && error.status === 422 ? gateOf(object, error.errors) : [];
      if (gate.length > 0) {
        setGate({ record, to, errors: gate });
        return;
      }
      if (isProblem(error) && error.code === "stale_version")
        void client.invalidateQueries({ queryKey: keys.records(object.key) });
      options.onRefused(refusalText(object, error, label));
    }
    setMoves((before) => dropMove(before, record.id));
  };

  const putBack = () => {
    if (gate) setMoves((before) => dropMove(before, gate.record.id));
    setGate(null);
  };

  return { moves, gate, move, putBack, busy: update.isPending };
}

export const NONE = "∅";

export const columnOf = (record: RecordData, field: string): string => {
  const value = record[field];
  return typeof value === "string" && value !== "" ? value : NONE;
};

/** What is asked on the card: errors that name a field one can fill in, and with them what stands at the stage itself. */
export function gateOf(object: ObjectSchema, errors: readonly FieldProblem[]): readonly FieldProblem[] {
  const fillable = (error: FieldProblem) =>
    object.fields.some((field) => field.key === error.field && !field.readonly && field.type !== "stage");
  return errors.some(fillable) ? errors : [];
}

export function columnFilter(filter: FilterNode | null, field: string, key: string): FilterNode {
  const own: FilterNode = key === NONE ? { field, op: "is_empty" } : { field, op: "is", value: key };
  return filter ? { and: [filter, own] } : own;
}
