import { Button } from "antd";
import { Bold, Italic, List, ListOrdered, type LucideIcon } from "lucide-react";
import { useEffect, useRef } from "react";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import type { EditProps } from "../contract";
import { useT } from "../messages";
import styles from "../shared/fields.module.css";
import { sanitise, textOf } from "./sanitise";

/** Bold, italic and lists: what people use in a CRM. What is pasted is cleaned first. */
export function Edit({ value, field, onChange, id, autoFocus, invalid, describedBy }: EditProps<string>) {
  const t = useT();
  const label = useLabel();
  const area = useRef<HTMLDivElement>(null);
  const last = useRef<string | null>(null);
  useEffect(() => {
    const element = area.current;
    // Written only from outside: rewriting what one types would move the caret.
    if (!element || last.current === (value ?? "")) return;
    element.innerHTML = sanitise(value ?? "");
    last.current = value ?? "";
  }, [value]);
  useEffect(() => {
    if (autoFocus) area.current?.focus();
  }, [autoFocus]);
  const changed = () => {
    const html = area.current?.innerHTML ?? "";
    const next = textOf(html) === "" ? null : sanitise(html);
    last.current = next ?? "";
    onChange(next);
  };
  const run = (command: string) => {
    area.current?.focus();
    document.execCommand(command);
    changed();
  };
  const tool = (icon: LucideIcon, command: string, name: string) => (
    <Button
      type="text"
      size="small"
      icon={<Icon as={icon} size={14} />}
      aria-label={name}
      title={name}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => run(command)}
    />
  );
  return (
    <div className={styles.editor}>
      <div className={styles.bar} role="toolbar" aria-label={label(field.label)}>
        {tool(Bold, "bold", t("bold"))}
        {tool(Italic, "italic", t("italic"))}
        {tool(List, "insertUnorderedList", t("list"))}
        {tool(ListOrdered, "insertOrderedList", t("numbered"))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a textarea cannot hold formatting */}
      <div
        ref={area}
        id={id}
        className={styles.area}
        contentEditable
        suppressContentEditableWarning
        role="textbox"
        tabIndex={0}
        aria-multiline="true"
        aria-label={label(field.label)}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        onInput={changed}
        onPaste={(event) => {
          event.preventDefault();
          const html = event.clipboardData.getData("text/html");
          if (html) document.execCommand("insertHTML", false, sanitise(html));
          else document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
        }}
      />
    </div>
  );
}
