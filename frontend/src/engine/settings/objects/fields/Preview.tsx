import { useState } from "react";
import { useLabel } from "@/i18n";
import { FieldEdit } from "../../../fields";
import type { DesignField } from "../design";
import { useT } from "../locales";
import styles from "./fields.module.css";

/** The field's own editor, as it will stand in forms; what one types there goes nowhere. */
export function Preview({ field }: { field: DesignField }) {
  const t = useT();
  const label = useLabel();
  const [value, setValue] = useState<unknown>(field.default);
  return (
    <div className={styles.preview}>
      <span className="gx-3 gx-s12">{t("props.preview")}</span>
      <div className={styles.item}>
        <span>
          {label(field.label)}
          {field.required && <b className="gx-bad"> *</b>}
        </span>
        <FieldEdit
          key={`${field.type}:${field.target ?? ""}`}
          field={field}
          value={value}
          onChange={setValue}
          place="form"
        />
        {field.help && <span className="gx-3 gx-s12">{label(field.help)}</span>}
      </div>
    </div>
  );
}
