import { Button, Checkbox, Select } from "antd";
import { ArrowUp, X } from "lucide-react";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import styles from "./forms.module.css";
import { useT } from "./messages";
import type { AskedField, Control } from "./model";

interface Props {
  controls: Control[];
  fields: AskedField[];
  onChange: (fields: AskedField[]) => void;
}

/** What a form asks, in order. */
export function FieldsEdit({ controls, fields, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const named = new Map(controls.map((control) => [control.key, label(control.label)]));
  const left = controls.filter((control) => !fields.some((field) => field.key === control.key));
  const up = (index: number) => {
    const next = [...fields];
    const [one] = next.splice(index, 1);
    if (one) next.splice(index - 1, 0, one);
    onChange(next);
  };
  return (
    <section>
      <h3>{t("fields")}</h3>
      <p className="gx-3 gx-s12">{t("fields_hint")}</p>
      <ul className={styles.lines}>
        {fields.map((field, index) => {
          const name = named.get(field.key) ?? field.key;
          return (
            <li key={field.key}>
              <span className={`${styles.body} gx-cut`}>{name}</span>
              <Checkbox
                checked={field.required}
                aria-label={t("required_of", { name })}
                onChange={(event) =>
                  onChange(fields.map((each) => (each === field ? { ...each, required: event.target.checked } : each)))
                }
              >
                {t("required")}
              </Checkbox>
              <Button
                type="text"
                size="small"
                disabled={index === 0}
                icon={<Icon as={ArrowUp} />}
                aria-label={t("up_of", { name })}
                onClick={() => up(index)}
              />
              <Button
                type="text"
                size="small"
                icon={<Icon as={X} />}
                aria-label={t("remove_of", { name })}
                onClick={() => onChange(fields.filter((each) => each !== field))}
              />
            </li>
          );
        })}
      </ul>
      <Select
        showSearch={{ optionFilterProp: "label" }}
        style={{ width: 260 }}
        aria-label={t("add")}
        placeholder={t("add")}
        value={null}
        options={left.map((control) => ({ value: control.key, label: label(control.label) }))}
        onChange={(key: string | null) => key && onChange([...fields, { key, required: false }])}
      />
    </section>
  );
}
