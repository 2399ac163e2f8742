import { useEffect, useRef } from "react";
import { useLabel } from "@/i18n";
import type { Suggestion } from "./completion";
import styles from "./formulas.module.css";
import { useT } from "./messages";

interface Props {
  id: string;
  items: readonly Suggestion[];
  active: number;
  onPick: (item: Suggestion) => void;
}

export const optionId = (id: string, index: number) => `${id}-${index}`;

/** What can be put in: fields with their keys, functions with what they do. */
export function SuggestionList({ id, items, active, onPick }: Props) {
  const t = useT();
  const label = useLabel();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[id="${optionId(id, active)}"]`)?.scrollIntoView({ block: "nearest" });
  }, [id, active]);
  const chosen = items[active];
  return (
    <>
      <div ref={list} id={id} role="listbox" aria-label={t("suggestions")} className={styles.list}>
        {items.map((item, index) => (
          // The keyboard goes through the text area, which names the active option.
          <div
            key={item.key}
            id={optionId(id, index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={styles.option}
            data-kind={item.kind}
            onMouseDown={(event) => {
              event.preventDefault();
              onPick(item);
            }}
          >
            <b>{item.kind === "function" ? "ƒ" : "·"}</b>
            <span className="gx-cut">{item.title}</span>
            <small className="gx-cut">{item.detail}</small>
          </div>
        ))}
      </div>
      {chosen?.function && <p className={styles.about}>{label(chosen.function.doc)}</p>}
    </>
  );
}
