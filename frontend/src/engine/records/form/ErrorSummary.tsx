import { isProblem } from "@/api/problem";
import type { ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { problemText } from "@/kit";
import { useT } from "../messages";
import styles from "./form.module.css";

interface Props {
  failure: unknown;
  schema: ObjectSchema;
  onJump: (field: string) => void;
}

/** What the server refused, each with the way to its field. */
export function ErrorSummary({ failure, schema, onJump }: Props) {
  const t = useT();
  const label = useLabel();
  const errors = isProblem(failure) ? failure.errors : [];
  return (
    <div id="form-errors" className={styles.summary} role="alert">
      <p>{errors.length ? t("form.errors", { count: errors.length }) : problemText(failure)}</p>
      {errors.length > 0 && (
        <ul>
          {errors.map((error) => (
            <li key={`${error.field}:${error.code}`}>
              <button type="button" onClick={() => onJump(error.field)}>
                {label(schema.fields.find((field) => field.key === error.field.split(".")[0])?.label, error.field)}
              </button>
              {error.message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
