import { useCallback, useSyncExternalStore } from "react";

const EVENT = "guanxi:persisted";

/** A small JSON value of this browser, the same in every part of the page that asks for it. */
export function usePersisted<T extends object>(key: string, empty: T): [T, (value: T) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  );
  const value = parse<T>(text) ?? empty;
  const set = useCallback(
    (next: T) => {
      try {
        if (Object.keys(next).length === 0) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Storage may be full or switched off; the page works without remembering.
      }
      dispatchEvent(new Event(EVENT));
    },
    [key],
  );
  return [value, set];
}

function subscribe(changed: () => void): () => void {
  addEventListener(EVENT, changed);
  addEventListener("storage", changed);
  return () => {
    removeEventListener(EVENT, changed);
    removeEventListener("storage", changed);
  };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

let lastText: string | null = null;
let lastValue: unknown = null;

/** The same text gives the same object, so that effects and memos hold still. */
function parse<T>(text: string | null): T | null {
  if (text === null) return null;
  if (text === lastText) return lastValue as T;
  try {
    lastValue = JSON.parse(text);
    lastText = text;
    return lastValue as T;
  } catch {
    return null;
  }
}
