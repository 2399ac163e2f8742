import { useCallback, useState } from "react";
import type { ObjectGroup } from "@/api";

const STORAGE_KEY = "guanxi.rail.folded";
/** What is set up once and looked at seldom is out of the way until somebody opens it. */
const FOLDED_AT_FIRST: ObjectGroup[] = ["catalogue"];

function remembered(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "null");
    return Array.isArray(kept) ? kept.filter((key): key is string => typeof key === "string") : FOLDED_AT_FIRST;
  } catch {
    return FOLDED_AT_FIRST;
  }
}

/** Which groups of the rail are folded. Kept per browser, like the rail's width. */
export function useFoldedGroups() {
  const [folded, setFolded] = useState(remembered);
  const toggle = useCallback((key: ObjectGroup) => {
    setFolded((before) => {
      const after = before.includes(key) ? before.filter((other) => other !== key) : [...before, key];
      try {
        localStorage.setItem(STORAGE_KEY, JSON.stringify(after));
      } catch {
        // Lasts for this visit only.
      }
      return after;
    });
  }, []);
  return { folded, toggle };
}
