/**
 * Writing a formula: colours, completion, mistakes at their character, its value for a record one chooses.
 *
 * `value` may be the stored form (keys); it is shown with labels. `onChange` gives the text as it is typed, which
 * the server takes as it is.
 */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { Check, FunctionSquare, TriangleAlert } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useSchema } from "@/api/useSchema";
import { useLocale } from "@/i18n";
import { Icon } from "@/kit";
import { AsyncPicker, type Choice } from "../fields/shared/AsyncPicker";
import { recordsOf } from "../fields/shared/pickers";
import { useDebounced } from "../fields/shared/useDebounced";
import { Code } from "./Code";
import { applied, type Suggestion, suggest } from "./completion";
import { FunctionList } from "./FunctionList";
import styles from "./formulas.module.css";
import { typeName, useT } from "./messages";
import { type FormulaCheck, type FormulaFunction, shownQuery, useCheck, useFunctions } from "./queries";
import { optionId, SuggestionList } from "./SuggestionList";

export interface FormulaEditorProps {
  /** The key of the object that the formula belongs to. */
  object: string;
  value: string;
  onChange: (value: string) => void;
  /** The type its result shall have; the natural one where it is empty. */
  resultType?: string;
  decimals?: number;
  /** The key of the field itself, which a formula cannot use. */
  fieldKey?: string;
  onCheck?: (check: FormulaCheck) => void;
}

export function FormulaEditor(props: FormulaEditorProps) {
  const { object, onChange, onCheck } = props;
  const t = useT();
  const [text, write] = useShownText(object, props.value, onChange);
  const [caret, setCaret] = useState(0);
  const [record, setRecord] = useState<Choice | null>(null);
  const [browsing, setBrowsing] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const asked = useDebounced(text, 250);
  const check = useCheck(object, {
    expression: asked,
    key: props.fieldKey || undefined,
    result_type: props.resultType || undefined,
    decimals: props.decimals,
    record: record?.id,
  });
  const answer = asked === text && text.trim() && !check.isPlaceholderData ? check.data : undefined;
  useEffect(() => {
    if (answer) onCheck?.(answer);
  }, [answer, onCheck]);
  const insert = (next: { text: string; caret: number }) => {
    write(next.text);
    setCaret(next.caret);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  const completion = useCompletion(object, text, caret, id, insert);
  const mistake = answer?.errors[0] ?? null;
  return (
    <div className={styles.editor}>
      <Code
        value={text}
        mistake={mistake}
        area={area}
        label={t("editor")}
        placeholder={t("placeholder")}
        describedBy={`${id}-state`}
        listId={completion.open ? completion.listId : undefined}
        activeId={completion.open ? optionId(completion.listId, completion.active) : undefined}
        anchor={completion.open ? completion.start : null}
        onChange={(value, at) => {
          write(value);
          setCaret(at);
          completion.wake();
        }}
        onCaret={setCaret}
        onKeyDown={completion.onKeyDown}
        onBlur={completion.close}
      >
        <SuggestionList
          id={completion.listId}
          items={completion.items}
          active={completion.active}
          onPick={completion.pick}
        />
      </Code>
      <p id={`${id}-state`} className={styles.state} aria-live="polite" data-bad={mistake !== null}>
        {mistake ? (
          <>
            <Icon as={TriangleAlert} size={14} />
            {t("atCharacter", { at: mistake.at + 1, message: mistake.message })}
          </>
        ) : answer?.result_type ? (
          <>
            <Icon as={Check} size={14} />
            {t("result", { type: typeName(t, answer.result_type) })}
          </>
        ) : check.isError ? (
          t("unreachable")
        ) : text.trim() ? (
          t("checking")
        ) : (
          t("help")
        )}
      </p>
      <div className={styles.try}>
        <span>{t("tryOn")}</span>
        <AsyncPicker source={recordsOf(object)} label={t("tryRecord")} value={record} onChange={setRecord} allowClear />
        {record && (
          <output aria-label={t("value")}>{answer?.preview ? answer.preview.shown || t("noValue") : "…"}</output>
        )}
      </div>
      <Button
        type="text"
        size="small"
        className={styles.browse}
        aria-expanded={browsing}
        icon={<Icon as={FunctionSquare} size={14} />}
        onClick={() => setBrowsing(!browsing)}
      >
        {t("functions")}
      </Button>
      {browsing && <FunctionList onPick={(item) => insert(withFunction(text, caret, item))} />}
    </div>
  );
}

function withFunction(text: string, caret: number, item: FormulaFunction) {
  const name = `${item.key}()`;
  const back = item.signature.en.endsWith("()") ? 0 : 1;
  return { text: text.slice(0, caret) + name + text.slice(caret), caret: caret + name.length - back };
}

/** The stored form with labels, until one types; from then on what one types. */
function useShownText(object: string, value: string, onChange: (value: string) => void) {
  const [written, setWritten] = useState<string | null>(null);
  const stored = useQuery({ ...shownQuery(object, value), enabled: written !== value && Boolean(value) });
  const text = written === value ? value : (stored.data?.text ?? value);
  const write = (next: string) => {
    setWritten(next);
    onChange(next);
  };
  return [text, write] as const;
}

/** What is offered at the caret, and the keys that choose from it. */
function useCompletion(
  object: string,
  text: string,
  caret: number,
  id: string,
  insert: (next: { text: string; caret: number }) => void,
) {
  const { byKey } = useSchema();
  const locale = useLocale();
  const functions = useFunctions();
  const [awake, setAwake] = useState(false);
  const [active, setActive] = useState(0);
  const known = { object: byKey.get(object), byKey, functions: functions.data ?? [], locale };
  const { start, items } = awake ? suggest(text, caret, known) : { start: 0, items: [] };
  const open = items.length > 0;
  const at = Math.min(active, Math.max(items.length - 1, 0));
  const close = () => setAwake(false);
  const pick = (item: Suggestion) => {
    close();
    insert(applied(text, caret, start, item));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      setAwake(true);
    }
    if (!open) return;
    const chosen = items[at];
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) setActive((at + step + items.length) % items.length);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen) pick(chosen);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const wake = () => {
    setAwake(true);
    setActive(0);
  };
  return { start, items, open, active: at, listId: `${id}-list`, pick, close, wake, onKeyDown };
}
