/** Light, dark or the system's: kept in the browser for the first paint (public/boot.js) and on the person by PATCH /me. */
import { useSyncExternalStore } from "react";
export type ThemeChoice = "light" | "dark" | "system";

const STORAGE_KEY = "guanxi.theme";
const listeners = new Set<() => void>();

function read(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}

let choice: ThemeChoice = read();

export function setThemeChoice(next: ThemeChoice): void {
  if (next === choice) return;
  choice = next;
  try {
    localStorage.setItem(STORAGE_KEY, next);
  } catch {
    // Lasts for this visit only.
  }
  for (const listener of listeners) listener();
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => choice,
  );
}
