import { useEffect, useRef } from "react";

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.getAttribute("role") === "combobox"
  );
}

/** A drawer that was closed stays in the page unseen; only one in sight takes the keys. */
export function dialogIsOpen(): boolean {
  return [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].some(
    (dialog) => dialog.checkVisibility?.({ visibilityProperty: true }) ?? true,
  );
}

/**
 * One key for one thing: "c", "/", "mod+k", "shift+?". Plain keys are ignored while somebody types and while a dialog
 * is open; keys with mod work always.
 */
export function useHotkey(key: string, run: (event: KeyboardEvent) => void, enabled = true): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!enabled) return;
    const parts = key.toLowerCase().split("+");
    const wanted = parts.at(-1) ?? "";
    const mod = parts.includes("mod");
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.key.toLowerCase() !== wanted) return;
      if (mod !== (event.metaKey || event.ctrlKey) || event.altKey) return;
      if (!mod && (isTyping(event.target) || dialogIsOpen())) return;
      event.preventDefault();
      latest.current(event);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [key, enabled]);
}
