import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import styles from "./kit.module.css";

export interface Tab {
  key: string;
  label: ReactNode;
  children: ReactNode;
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

interface Props {
  items: Tab[];
  label: string;
  /** The tab that is open at the start. */
  first?: string;
}

/** A row of tabs that scrolls sideways on a narrow screen; the open one is always in sight. */
export function Tabs({ items, label, first }: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(first ?? items[0]?.key);
  const current = items.find((item) => item.key === chosen) ?? items[0];
  useEffect(() => {
    list.current
      ?.querySelector(`[data-key="${CSS.escape(current?.key ?? "")}"]`)
      ?.scrollIntoView?.({ block: "nearest" });
  }, [current?.key]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    if (!by || !current) return;
    const next = items[(items.indexOf(current) + by + items.length) % items.length];
    if (!next) return;
    event.preventDefault();
    setChosen(next.key);
    list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(next.key)}"]`)?.focus();
  };
  if (!current) return null;
  return (
    <div>
      <div className={styles.tabs} role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {items.map((item) => (
          <button
            key={item.key}
            type="button"
            role="tab"
            id={`${id}-${item.key}`}
            data-key={item.key}
            aria-selected={item === current}
            aria-controls={`${id}-panel`}
            tabIndex={item === current ? 0 : -1}
            onClick={() => setChosen(item.key)}
          >
            {item.label}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${current.key}`} className={styles.tabPanel}>
        {current.children}
      </div>
    </div>
  );
}
