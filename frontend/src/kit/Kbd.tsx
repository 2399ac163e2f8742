import type { ReactNode } from "react";
import styles from "./kit.module.css";

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** `⌘K` on a Mac, `Ctrl K` elsewhere. Pass "mod" for that key. */
export function Kbd({ children }: { children: ReactNode }) {
  const text = typeof children === "string" ? shortcutText(children) : children;
  return <kbd className={styles.kbd}>{text}</kbd>;
}

export function shortcutText(shortcut: string): string {
  return shortcut
    .split("+")
    .map((part) =>
      part === "mod"
        ? isApple
          ? "⌘"
          : "Ctrl"
        : part === "enter"
          ? "↵"
          : part === "shift"
            ? isApple
              ? "⇧"
              : "Shift"
            : part,
    )
    .join(isApple ? "" : " ");
}
