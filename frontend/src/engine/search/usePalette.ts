/**
 * Whether ⌘K is open, and what was typed into it.
 *
 * Whoever knows the key types on at once. From the opening key until the input has the focus, keys are caught here,
 * so that the first letters are neither lost nor taken for shortcuts of the page below.
 */
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";

export const MAX_TYPED = 100;

export interface Palette {
  open: boolean;
  typed: string;
  field: RefObject<HTMLInputElement | null>;
  type: (text: string) => void;
  show: () => void;
  hide: () => void;
  toggle: () => void;
}

export function usePalette(): Palette {
  const [open, setOpen] = useState(false);
  const [typed, type] = useState("");
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => {
      if (field.current && field.current === document.activeElement) return;
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape") setOpen(false);
      else if (event.key === "Backspace") type((before) => before.slice(0, -1));
      else if (event.key.length === 1) type((before) => (before + event.key).slice(0, MAX_TYPED));
      else return;
      event.preventDefault();
      event.stopPropagation();
      field.current?.focus();
    };
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  }, [open]);

  return useMemo(() => {
    const turn = (to: (before: boolean) => boolean) => {
      type("");
      setOpen(to);
    };
    return {
      open,
      typed,
      field,
      type,
      show: () => turn(() => true),
      hide: () => turn(() => false),
      toggle: () => turn((before) => !before),
    };
  }, [open, typed]);
}
