import { useCallback, useEffect, useState } from "react";

/** The page alone on the screen: by the browser where it can, else over everything else; Escape leaves. */
export function useFullScreen(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(false);
  const set = useCallback((next: boolean) => {
    setOn(next);
    const page = document.documentElement;
    if (next) void page.requestFullscreen?.().catch(() => undefined);
    else if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
  }, []);
  useEffect(() => {
    if (!on) return;
    const left = () => {
      if (!document.fullscreenElement) setOn(false);
    };
    const escaped = (event: KeyboardEvent) => {
      if (event.key === "Escape") set(false);
    };
    document.addEventListener("fullscreenchange", left);
    document.addEventListener("keydown", escaped);
    return () => {
      document.removeEventListener("fullscreenchange", left);
      document.removeEventListener("keydown", escaped);
    };
  }, [on, set]);
  return [on, set];
}
