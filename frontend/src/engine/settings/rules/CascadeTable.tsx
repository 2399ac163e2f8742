import { Select } from "antd";
import type { Field } from "@/api/types";
import { useLabel } from "@/i18n";
import { rulesMessages } from "./messages";
import styles from "./rules.module.css";

interface Props {
  by: Field | undefined;
  field: Field;
  table: Record<string, string[]>;
  onChange: (table: Record<string, string[]>) => void;
}

/** For each option of one field, the options that another field then takes; an empty row limits nothing. */
export function CascadeTable({ by, field, table, onChange }: Props) {
  const t = rulesMessages.useT();
  const label = useLabel();
  const options = (field.options ?? []).map((each) => ({ value: each.value, label: label(each.label, each.value) }));
  return (
    <dl className={styles.table}>
      {(by?.options ?? []).map((option) => {
        const name = label(option.label, option.value);
        return (
          <div key={option.value}>
            <dt>{name}</dt>
            <dd>
              <Select<string[]>
                mode="multiple"
                value={table[option.value] ?? []}
                onChange={(allowed) => onChange({ ...table, [option.value]: allowed })}
                options={options}
                placeholder={t("all_allowed")}
                aria-label={`${t("by_value", { name: label(by?.label) })} ${name}`}
                style={{ width: "100%" }}
              />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
