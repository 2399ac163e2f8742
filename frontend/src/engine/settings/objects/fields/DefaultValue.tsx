import { FieldEdit } from "../../../fields";
import type { DesignField } from "../design";
import { useT } from "../locales";
import styles from "./fields.module.css";

interface Props {
  field: DesignField;
  error?: string;
  onChange: (value: unknown) => void;
}

export function DefaultValue({ field, error, onChange }: Props) {
  const t = useT();
  return (
    <div className={styles.item}>
      <span>{t("props.defaultValue")}</span>
      <FieldEdit
        field={{ ...field, required: false }}
        value={field.default ?? null}
        onChange={onChange}
        place="form"
        invalid={Boolean(error)}
      />
      {error && <em>{error}</em>}
    </div>
  );
}
