import { useEffect, useRef, useState } from "react";
import { useMe } from "@/api";
import type { Values } from "../useRecord";

interface Kept {
  /** What one typed. */
  touched: Values;
  /** What stood there when one began to type. */
  seen: Values;
}

const NOTHING: Kept = { touched: {}, seen: {} };

/**
 * What one typed survives a reload: kept in this browser, for this person, until it is saved, thrown away, or they sign
 * out (`forgetPerson`). Only touched fields are kept, all others follow the record as it is now.
 */
export function useDraft(what: string, initial: Values, open: boolean) {
  const key = `guanxi.draft.${useMe().user.id}.${what}`;
  const [draft, setDraft] = useState<Kept>(NOTHING);
  const [restored, setRestored] = useState(false);
  const now = useRef(initial);
  now.current = initial;
  useEffect(() => {
    if (!open) return;
    const kept = load(key);
    setRestored(kept !== null);
    setDraft(kept ?? NOTHING);
  }, [key, open]);
  const set = (change: (before: Kept) => Kept) =>
    setDraft((before) => {
      const next = change(before);
      store(key, Object.keys(next.touched).length ? next : null);
      return next;
    });
  return {
    values: { ...initial, ...draft.touched } as Values,
    ...draft,
    restored,
    change: (field: string, value: unknown) =>
      set(({ touched, seen }) => ({
        touched: { ...touched, [field]: value },
        seen: field in seen ? seen : { ...seen, [field]: now.current[field] ?? null },
      })),
    /** One has seen what the other wrote and keeps one's own. */
    keepMine: (field: string) =>
      set(({ touched, seen }) => ({ touched, seen: { ...seen, [field]: now.current[field] ?? null } })),
    drop: (field: string) =>
      set(({ touched, seen }) => ({ touched: without(touched, field), seen: without(seen, field) })),
    forget: () => {
      store(key, null);
      setRestored(false);
      setDraft(NOTHING);
    },
  };
}

function without(values: Values, field: string): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== field));
}

function load(key: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null") as Partial<Kept> | null;
    return kept?.touched ? { touched: kept.touched, seen: kept.seen ?? {} } : null;
  } catch {
    return null;
  }
}

function store(key: string, kept: Kept | null): void {
  try {
    if (kept === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // A full or closed storage only costs the draft.
  }
}
