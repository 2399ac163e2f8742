import type { KeyboardEvent } from "react";
import { useT } from "./messages";
import { type Flat, isCapped, isSwitch, type Kind, reach, SCOPES, type Scope, said, type Verb } from "./model";
import styles from "./roles.module.css";

interface Props {
  flat: Flat;
  object: Kind;
  name: string;
  verb: Verb;
  /** The line of all other objects: there is nothing it could follow. */
  last?: boolean;
  readOnly: boolean;
  changed: boolean;
  onChange: (scope: Scope | undefined) => void;
}

const FOLLOW = "";

/** One cell of the matrix: how far a verb reaches. A native select under a coloured word; arrows move between cells. */
export function ScopeCell({ flat, object, name, verb, last, readOnly, changed, onChange }: Props) {
  const t = useT();
  const own = said(flat, object.key, verb);
  const shown = reach(flat, object, verb);
  const capped = isCapped(flat, object, verb);
  const words = (scope: Scope) => (isSwitch(verb) ? t(scope === "none" ? "off" : "on") : t(`scope.${scope}`));
  const scopes = isSwitch(verb) || object.shared ? (["none", "all"] as const) : SCOPES;
  const usual = words(
    own === undefined ? shown : reach({ ...flat, [`objects.${object.key}.${verb}`]: undefined as never }, object, verb),
  );
  const onKeyDown = (event: KeyboardEvent<HTMLSelectElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isOpen(event.currentTarget)) return;
    const digit = /^[0-4]$/.test(event.key) ? SCOPES[Number(event.key)] : undefined;
    if (digit && (scopes as readonly Scope[]).includes(digit)) onChange(digit);
    else if ((event.key === "Backspace" || event.key === "Delete") && !last) onChange(undefined);
    else if (event.key === "Enter") event.currentTarget.showPicker?.();
    else if (!move(event.currentTarget, event.key)) return;
    event.preventDefault();
  };
  return (
    <span
      className={styles.cell}
      data-scope={shown}
      data-follows={own === undefined && !last}
      data-changed={changed}
      data-capped={capped}
      title={capped ? t("capped", { scope: words(shown), see: t(`scope.${reach(flat, object, "see")}`) }) : undefined}
    >
      <span aria-hidden="true">{words(shown)}</span>
      <select
        aria-label={`${name}: ${t(`verb.${verb}`)}`}
        value={own ?? (last ? "none" : FOLLOW)}
        disabled={readOnly}
        tabIndex={verb === "see" ? 0 : -1}
        onKeyDown={onKeyDown}
        onChange={(event) => onChange(event.target.value === FOLLOW ? undefined : (event.target.value as Scope))}
      >
        {!last && <option value={FOLLOW}>{t("inherited", { scope: usual })}</option>}
        {scopes.map((scope) => (
          <option key={scope} value={scope}>
            {words(scope)}
          </option>
        ))}
      </select>
    </span>
  );
}

/** While the list of choices is open, keys belong to it. */
function isOpen(select: HTMLSelectElement): boolean {
  try {
    return select.matches(":open");
  } catch {
    return false;
  }
}

/** To the neighbouring cell; true where the key was an arrow. */
function move(from: HTMLSelectElement, key: string): boolean {
  const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[key];
  const row = from.closest("tr");
  const body = row?.parentElement;
  if (!by || !row || !body) return false;
  const rows = [...body.children].filter((each) => each.querySelector("select"));
  const next = rows[rows.indexOf(row) + (by[0] ?? 0)] ?? row;
  const at = [...row.querySelectorAll("select")].indexOf(from) + (by[1] ?? 0);
  next.querySelectorAll("select")[at]?.focus();
  return true;
}
