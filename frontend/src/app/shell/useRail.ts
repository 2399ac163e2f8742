import { useCallback, useState } from "react";

const STORAGE_KEY = "guanxi.rail";

/** Whether the rail is narrow. Kept per browser: it depends on the screen, not on the person. */
export function useRail() {
  const [collapsed, setCollapsed] = useState(() => {
    try {
      return localStorage.getItem(STORAGE_KEY) === "collapsed";
    } catch {
      return false;
    }
  });
  const toggle = useCallback(() => {
    setCollapsed((before) => {
      try {
        localStorage.setItem(STORAGE_KEY, before ? "open" : "collapsed");
      } catch {
        // Lasts for this visit only.
      }
      return !before;
    });
  }, []);
  return { collapsed, toggle };
}
