import { type KeyboardEvent, memo, useEffect, useState } from "react";
import { amountOf } from "./paste";
import styles from "./targets.module.css";

interface Props {
  row: number;
  column: number;
  value: number | null;
  hint: string;
  label: string;
  edited: boolean;
  disabled: boolean;
  show: (value: number) => string;
  onCommit: (row: number, column: number, amount: number | null) => void;
  onPaste: (row: number, column: number, text: string) => void;
}

const STEPS: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0] };

/** One number of the grid; what is typed counts when one leaves it. Escape takes it back. */
export const GridCell = memo(function GridCell(props: Props) {
  const { row, column, value, hint, label, edited, disabled, show, onCommit, onPaste } = props;
  const [text, setText] = useState<string | null>(null);
  // A number that came from elsewhere (pasted, split) replaces what was begun.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new value ends the typing
  useEffect(() => setText(null), [value]);
  const commit = () => {
    if (text === null) return;
    const amount = amountOf(text);
    if (!Number.isNaN(amount)) onCommit(row, column, amount);
    setText(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Escape") return setText(null);
    const step = STEPS[event.key];
    if (!step || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const table = event.currentTarget.closest("table");
    for (let next = row + step[0]; next >= 0 && next < 5000; next += step[0]) {
      const input = table?.querySelector<HTMLInputElement>(`[data-at="${next}:${column}"]`);
      if (!input) return;
      if (!input.disabled) return input.focus();
    }
  };
  return (
    <td className={styles.cell}>
      <input
        data-at={`${row}:${column}`}
        data-changed={edited || undefined}
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        disabled={disabled}
        placeholder={hint}
        value={text ?? (value === null ? "" : show(value))}
        onFocus={(event) => {
          setText(value === null ? "" : String(value));
          const input = event.currentTarget;
          requestAnimationFrame(() => input.select());
        }}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData("text/plain");
          if (!/[\t\n\r]/.test(pasted.trim())) return;
          event.preventDefault();
          onPaste(row, column, pasted);
        }}
      />
    </td>
  );
});
