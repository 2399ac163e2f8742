// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid cannot be a table element
import { Check } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { ImportRow } from "@/api/types";
import { Icon } from "@/kit";
import styles from "./fix.module.css";

interface Props {
  spot: string;
  name: string;
  text: string;
  changed: boolean;
  error: ImportRow["errors"][number] | undefined;
  focused: boolean;
  editing: boolean;
  onFocus: () => void;
  onEdit: () => void;
  onSave: (text: string) => void;
}

/** A wrong cell has a corner mark and says why while it has the focus; a corrected one a tick. */
export function FixCell({ spot, name, text, changed, error, focused, editing, onFocus, onEdit, onSave }: Props) {
  const state = changed ? styles.ok : error ? styles.bad : "";
  return (
    <div
      role="gridcell"
      data-spot={spot}
      tabIndex={focused ? 0 : -1}
      className={[styles.cell, state, focused ? styles.focused : ""].join(" ")}
      aria-invalid={Boolean(error) && !changed}
      aria-label={`${name}: ${text}${error && !changed ? ` (${error.message})` : ""}`}
      onFocus={onFocus}
      onClick={onFocus}
      onDoubleClick={onEdit}
      onKeyDown={undefined}
    >
      {editing ? <Editor name={name} text={text} onSave={onSave} /> : <span className="gx-cut">{text}</span>}
      {changed && !editing && <Icon as={Check} size={12} />}
      {focused && error && !changed && <span className={styles.why}>{error.message}</span>}
    </div>
  );
}

/** Saves when it goes away, whichever key took it away; Escape alone forgets. */
function Editor({ name, text, onSave }: { name: string; text: string; onSave: (text: string) => void }) {
  const [draft, setDraft] = useState(text);
  const latest = useRef({ draft, text, onSave, forget: false });
  latest.current = { ...latest.current, draft, onSave };
  useEffect(() => {
    const now = latest;
    return () => {
      const { draft: typed, text: before, onSave: save, forget } = now.current;
      if (!forget && typed !== before) save(typed);
    };
  }, []);
  return (
    <input
      className={styles.input}
      // biome-ignore lint/a11y/noAutofocus: one began to type in this cell
      autoFocus
      value={draft}
      aria-label={name}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") latest.current.forget = true;
      }}
    />
  );
}
