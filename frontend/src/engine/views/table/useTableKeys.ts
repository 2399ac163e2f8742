import { useEffect, useRef } from "react";
import type { RecordData } from "@/api/types";
import { dialogIsOpen } from "@/kit";

interface Keys {
  records: readonly RecordData[];
  /** The open record as the address has it: the page may draw a step later than the next key comes. */
  current: () => string | null;
  enabled: boolean;
  onMove: (id: string) => void;
  onToggle: (id: string) => void;
  onFull: (id: string) => void;
  onEdit: (record: RecordData) => void;
  onClose: () => void;
}

const BUSY =
  'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="menu"], [role="dialog"], [role="listbox"]';

/** j and k walk the rows, x chooses, e edits, Enter opens the full page, Escape closes. */
export function useTableKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { records, enabled, ...run } = latest.current;
      if (!enabled || event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(BUSY)) return;
      if (dialogIsOpen() || document.querySelector(".ant-popover:not(.ant-popover-hidden)")) return;
      const current = run.current();
      const index = records.findIndex((record) => record.id === current);
      const at = records[index];
      const step =
        event.key === "j" || (event.key === "ArrowDown" && at)
          ? 1
          : event.key === "k" || (event.key === "ArrowUp" && at)
            ? -1
            : 0;
      if (step !== 0) {
        const next = records[Math.max(0, Math.min(records.length - 1, index + step))];
        if (next && next !== at) run.onMove(next.id);
      } else if (event.key === "Escape") run.onClose();
      else if (!at) return;
      else if (event.key === "x") run.onToggle(at.id);
      else if (event.key === "e") run.onEdit(at);
      else if (event.key === "Enter" && !(event.target instanceof Element && event.target.closest("button, a, label")))
        run.onFull(at.id);
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
