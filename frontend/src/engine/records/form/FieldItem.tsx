import { useId } from "react";
import type { Field } from "@/api/types";
import { useLabel } from "@/i18n";
import { FieldEdit } from "../../fields";
import styles from "./form.module.css";

interface Props {
  field: Field;
  value: unknown;
  error?: string;
  onChange: (value: unknown) => void;
  autoFocus?: boolean;
  currency?: string;
  /** Where the summary of errors jumps to. */
  anchor?: string;
}

const WIDE = new Set(["long_text", "rich_text", "address", "location", "files", "image", "json", "links"]);

/** A labelled editor with its help and its error. */
export function FieldItem({ field, value, error, onChange, autoFocus, currency, anchor }: Props) {
  const label = useLabel();
  const id = useId();
  const hint = error ?? (field.help ? label(field.help) : null);
  return (
    <div className={[styles.item, WIDE.has(field.type) ? styles.wide : ""].join(" ")} id={anchor}>
      <label htmlFor={id}>
        {label(field.label)}
        {field.required && (
          <span className={styles.required} aria-hidden="true">
            *
          </span>
        )}
      </label>
      <FieldEdit
        id={id}
        field={field}
        value={value}
        onChange={onChange}
        place="form"
        autoFocus={autoFocus}
        invalid={Boolean(error)}
        describedBy={hint ? `${id}-hint` : undefined}
        currency={currency}
      />
      {hint && (
        <p id={`${id}-hint`} className={error ? styles.error : styles.hint} role={error ? "alert" : undefined}>
          {hint}
        </p>
      )}
    </div>
  );
}
