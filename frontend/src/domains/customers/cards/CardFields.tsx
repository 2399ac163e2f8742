import { Input } from "antd";
import type { ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Chip, Icon, objectIcon } from "@/kit";
import styles from "./cards.module.css";
import { cardMessages } from "./locales";
import { type CardValue, SURE } from "./scan";

interface Props {
  object: ObjectSchema;
  fields: string[];
  read: Record<string, CardValue>;
  values: Record<string, string>;
  errors: Record<string, string>;
  onChange: (key: string, value: string) => void;
  onLook: (value: CardValue | undefined) => void;
}

/** The values of one record as they were read, to be corrected; what is unsure says so. */
export function CardFields({ object, fields, read, values, errors, onChange, onLook }: Props) {
  const t = cardMessages.useT();
  const label = useLabel();
  const shown = fields.flatMap((key) => object.fields.find((field) => field.key === key) ?? []);
  return (
    <fieldset className={styles.group}>
      <legend>
        <Icon as={objectIcon(object.icon, object.key)} size={14} />
        {label(object.label)}
      </legend>
      {shown.map((field) => {
        const value = read[field.key];
        const changed = value && value.value !== values[field.key];
        const id = `card-${object.key}-${field.key}`;
        return (
          <div key={field.key} className={styles.field}>
            <label htmlFor={id}>{label(field.label)}</label>
            <Input
              id={id}
              value={values[field.key] ?? ""}
              status={errors[field.key] ? "error" : undefined}
              aria-describedby={errors[field.key] ? `${id}-error` : undefined}
              onFocus={() => onLook(value)}
              onChange={(event) => onChange(field.key, event.target.value)}
            />
            {value && !changed && value.confidence < SURE && <Chip tone="warn">{t("unsure")}</Chip>}
            {errors[field.key] && (
              <p id={`${id}-error`} className={styles.error}>
                {errors[field.key]}
              </p>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
