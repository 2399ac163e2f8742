import { useDroppable } from "@dnd-kit/react";
import { useEffect, useRef } from "react";
import type { Field } from "@/api/types";
import { useFormat } from "@/kit";
import { stageColor } from "../../fields/stage/stage-color";
import { useT } from "../messages";
import styles from "./board.module.css";
import type { Gate } from "./useBoard";

interface Props {
  field: Field;
  value: string;
  name: string;
  count: number;
  gate: Gate | null;
  onUnfold: () => void;
}

/** Won and lost stand narrow at the end: one drops there, and opens them to look back. */
export function FoldedColumn({ field, value, name, count, gate, onUnfold }: Props) {
  const t = useT();
  const format = useFormat();
  const { ref, isDropTarget } = useDroppable({ id: value });
  const unfold = useRef(onUnfold);
  unfold.current = onUnfold;
  const asking = gate !== null;
  useEffect(() => {
    // A question needs room to be answered.
    if (asking) unfold.current();
  }, [asking]);
  return (
    <button
      ref={ref}
      type="button"
      className={[styles.end, isDropTarget ? styles.target : ""].join(" ")}
      onClick={onUnfold}
      aria-label={t("board.expand", { stage: name })}
      title={t("board.expand", { stage: name })}
    >
      <i style={{ background: stageColor(field.options, value) }} />
      <b>{name}</b>
      <span>{format.number(count)}</span>
    </button>
  );
}
