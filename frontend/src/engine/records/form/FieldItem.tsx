import { Lock } from "lucide-react";
import { useId } from "react";
import type { Field } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { FieldEdit, FieldRead } from "../../fields";
import { useT } from "../messages";
import styles from "./form.module.css";

interface Props {
  field: Field;
  value: unknown;
  error?: string;
  /** What is wrong inside the value, by path below it. */
  errors?: Record<string, string>;
  /** Something to look at again, that does not keep one from saving. */
  warning?: string;
  /** A rule keeps it as it is. */
  locked?: boolean;
  onChange: (value: unknown) => void;
  autoFocus?: boolean;
  currency?: string;
  /** Where the summary of errors jumps to. */
  anchor?: string;
}

const WIDE = new Set(["long_text", "rich_text", "address", "location", "files", "image", "json", "links", "sub_table"]);

/** A labelled editor with its help and its error. */
export function FieldItem({
  field,
  value,
  error,
  errors,
  warning,
  locked,
  onChange,
  autoFocus,
  currency,
  anchor,
}: Props) {
  const t = useT();
  const label = useLabel();
  const id = useId();
  const hint = error ?? warning ?? (field.help ? label(field.help) : null);
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
      {locked ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what is locked can be read and reached like the rest
        <output id={id} className={styles.locked} tabIndex={0} title={t(field.masked ? "form.masked" : "form.locked")}>
          <FieldRead field={field} value={value} place="form" />
          <Icon as={Lock} size={12} />
        </output>
      ) : (
        <FieldEdit
          id={id}
          field={field}
          value={value}
          onChange={onChange}
          place="form"
          autoFocus={autoFocus}
          invalid={Boolean(error)}
          errors={errors}
          describedBy={hint ? `${id}-hint` : undefined}
          currency={currency}
        />
      )}
      {hint && (
        <p
          id={`${id}-hint`}
          className={error ? styles.error : warning ? styles.warning : styles.hint}
          role={error ? "alert" : warning ? "status" : undefined}
        >
          {hint}
        </p>
      )}
    </div>
  );
}
