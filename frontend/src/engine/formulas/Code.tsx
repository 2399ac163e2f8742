/**
 * A text area that shows a formula in colours and underlines the mistake.
 *
 * The letters are drawn by a layer behind; the text area on top has the same letters, transparent, and the caret.
 */
import { type KeyboardEvent, type ReactNode, type RefObject, useLayoutEffect, useRef } from "react";
import styles from "./formulas.module.css";
import type { FormulaMistake } from "./queries";
import { paintOf, type Token, tokenise } from "./tokens";

interface Props {
  value: string;
  mistake: FormulaMistake | null;
  area: RefObject<HTMLTextAreaElement | null>;
  onChange: (value: string, caret: number) => void;
  onCaret: (caret: number) => void;
  onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  onBlur: () => void;
  label: string;
  placeholder: string;
  describedBy: string;
  /** The list of suggestions, while it is open. */
  listId?: string;
  activeId?: string;
  /** Where the list hangs: the character it belongs to. */
  anchor: number | null;
  children: ReactNode;
}

export function Code(props: Props) {
  const { value, mistake, anchor, area } = props;
  const layer = useRef<HTMLPreElement>(null);
  const mark = useRef<HTMLSpanElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const [at, box, frame] = [mark.current, popup.current, layer.current];
    if (!at || !box || !frame || anchor === null) return;
    const left = Math.min(at.offsetLeft, Math.max(frame.clientWidth - box.offsetWidth, 0));
    box.style.insetInlineStart = `${left}px`;
    box.style.insetBlockStart = `${at.offsetTop + at.offsetHeight - frame.scrollTop + 4}px`;
  });
  return (
    <div className={styles.code} data-bad={mistake !== null}>
      <pre ref={layer} className={styles.letters} aria-hidden>
        <Letters tokens={tokenise(value)} mistake={mistake} end={value.length} />
      </pre>
      {anchor !== null && (
        <pre className={styles.letters} data-measure aria-hidden>
          {value.slice(0, anchor)}
          {/* With the letter after it, so that it wraps where the letter does. */}
          <span ref={mark}>{value[anchor] ?? "\u200b"}</span>
          {value.slice(anchor + 1)}
        </pre>
      )}
      <textarea
        ref={area}
        className={styles.area}
        value={value}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        aria-invalid={mistake !== null}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={props.listId}
        aria-activedescendant={props.activeId}
        placeholder={props.placeholder}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        rows={3}
        onChange={(event) => props.onChange(event.target.value, event.target.selectionStart)}
        onSelect={(event) => props.onCaret(event.currentTarget.selectionStart)}
        onKeyDown={props.onKeyDown}
        onBlur={props.onBlur}
        onScroll={(event) => {
          if (layer.current) layer.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
      {anchor !== null && (
        <div ref={popup} className={styles.popup}>
          {props.children}
        </div>
      )}
    </div>
  );
}

function Letters({ tokens, mistake, end }: { tokens: Token[]; mistake: FormulaMistake | null; end: number }) {
  const from = mistake ? Math.min(mistake.at, Math.max(end - 1, 0)) : -1;
  const to = mistake ? from + mistake.length : -1;
  const isWrong = (at: number) => at >= from && at < to;
  return (
    <>
      {tokens.map((token, index) => (
        <span key={token.at} data-paint={paintOf(tokens, index)}>
          {pieces(token, from, to).map(([at, text]) =>
            isWrong(at) ? (
              <mark key={at} className={styles.wrong}>
                {text}
              </mark>
            ) : (
              text
            ),
          )}
        </span>
      ))}
      {"\n"}
    </>
  );
}

/** A token cut where the mistake begins and ends. */
function pieces(token: Token, from: number, to: number): [number, string][] {
  const end = token.at + token.text.length;
  const cuts = [token.at, ...[from, to].filter((at) => at > token.at && at < end), end];
  return cuts
    .slice(0, -1)
    .map((at, index) => [at, token.text.slice(at - token.at, (cuts[index + 1] ?? end) - token.at)]);
}
