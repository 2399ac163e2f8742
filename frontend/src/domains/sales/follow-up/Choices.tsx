import { type ReactNode, useId } from "react";
import styles from "./log.module.css";

interface Props<V extends string> {
  label: string;
  value: V | null;
  choices: readonly { value: V; label: ReactNode }[];
  onChange: (value: V | null) => void;
  /** A second click, or Delete, takes the choice back. */
  clearable?: boolean;
  tiles?: boolean;
  quiet?: boolean;
}

/** Real radio buttons that look like buttons: one stop for Tab, arrows inside, big enough for a thumb. */
export function Choices<V extends string>(props: Props<V>) {
  const { label, value, choices, onChange, clearable = false, tiles = false, quiet = false } = props;
  const name = useId();
  return (
    <fieldset className={tiles ? styles.tiles : styles.chips}>
      <legend className={quiet ? "gx-hidden" : "gx-3 gx-s12"}>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} data-checked={choice.value === value || undefined}>
          <input
            type="radio"
            name={name}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            onClick={() => clearable && choice.value === value && onChange(null)}
            onKeyDown={(event) => {
              if (clearable && (event.key === "Delete" || event.key === "Backspace")) onChange(null);
            }}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
