import { Input } from "antd";
import { useState } from "react";
import { useLabel } from "@/i18n";
import type { EditProps } from "../contract";
import { useT } from "../messages";
import styles from "../shared/fields.module.css";

/** What does not parse stays on screen and is not handed on. */
export function Edit({ value, field, onChange, id, autoFocus, describedBy }: EditProps<unknown>) {
  const label = useLabel();
  const t = useT();
  const [text, setText] = useState(() => (value === null || value === undefined ? "" : JSON.stringify(value, null, 2)));
  const [problem, setProblem] = useState<string | null>(null);
  const change = (next: string) => {
    setText(next);
    try {
      onChange(next.trim() === "" ? null : JSON.parse(next));
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <Input.TextArea
        id={id}
        className={styles.code}
        value={text}
        onChange={(event) => change(event.target.value)}
        autoSize={{ minRows: 3, maxRows: 16 }}
        autoFocus={autoFocus}
        status={problem ? "error" : undefined}
        aria-label={label(field.label)}
        aria-describedby={describedBy}
        spellCheck={false}
      />
      {problem && <span className="gx-bad gx-s12">{t("json_invalid", { reason: problem })}</span>}
    </>
  );
}
