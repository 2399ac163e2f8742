import { Checkbox } from "antd";
import type { Field, ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import styles from "./gate.module.css";

interface Props {
  field: Field;
  /** The stage whose checklist it is; what is ticked of others stays as it is. */
  stage: string | null;
  label: string;
  value: string[];
  onChange: (value: string[]) => void;
  disabled?: boolean;
}

/** What a stage wants done, to be ticked off. */
export function ChecklistTicks({ field, stage, label: name, value, onChange, disabled }: Props) {
  const label = useLabel();
  const items = (field.options ?? []).filter((option) => option.stage === stage);
  return (
    <fieldset className={styles.ticks}>
      <legend>{name}</legend>
      {items.map((item) => (
        <Checkbox
          key={item.value}
          checked={value.includes(item.value)}
          disabled={disabled}
          onChange={(event) =>
            onChange(event.target.checked ? [...value, item.value] : value.filter((each) => each !== item.value))
          }
        >
          {label(item.label)}
        </Checkbox>
      ))}
    </fieldset>
  );
}

/** The items that are done and still stand on some stage's list. */
export const tickedOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];

/** Where a record stands. */
export function stageOf(object: ObjectSchema, record: RecordData): string | null {
  const field = object.fields.find((each) => each.type === "stage");
  const value = field ? record[field.key] : null;
  return typeof value === "string" ? value : null;
}
