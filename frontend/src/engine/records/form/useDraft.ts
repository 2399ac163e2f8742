import { useEffect, useRef, useState } from "react";
import type { Values } from "../useRecord";

/** What one typed survives a reload: kept in this browser until it is saved or thrown away. */
export function useDraft(key: string, initial: Values, open: boolean) {
  const [values, setValues] = useState<Values>({});
  const [restored, setRestored] = useState(false);
  const first = useRef(initial);
  first.current = initial;
  useEffect(() => {
    if (!open) return;
    const kept = load(key);
    setRestored(kept !== null);
    setValues({ ...first.current, ...kept });
  }, [key, open]);
  const change = (field: string, value: unknown) =>
    setValues((before) => {
      const next = { ...before, [field]: value };
      store(key, next);
      return next;
    });
  const forget = () => {
    store(key, null);
    setRestored(false);
    setValues(first.current);
  };
  return { values, change, forget, restored };
}

function load(key: string): Values | null {
  try {
    const text = localStorage.getItem(key);
    return text ? (JSON.parse(text) as Values) : null;
  } catch {
    return null;
  }
}

function store(key: string, values: Values | null): void {
  try {
    if (values === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(values));
  } catch {
    // A full or closed storage only costs the draft.
  }
}
