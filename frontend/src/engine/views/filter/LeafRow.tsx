import { Button, Select } from "antd";
import { X } from "lucide-react";
import type { ObjectSchema } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { Icon } from "@/kit";
import { FieldFilter } from "../../fields";
import { useT } from "../messages";
import { FieldPathPicker } from "./FieldPathPicker";
import styles from "./filter.module.css";
import { carryValue, firstOperator } from "./operators";
import { resolvePath } from "./path";
import { type Leaf, needsValue } from "./tree";
import { useOperatorText } from "./useOperatorText";

interface Props {
  object: ObjectSchema;
  leaf: Leaf;
  onChange: (leaf: Leaf) => void;
  onRemove: () => void;
}

/** One condition: field, operator, value. */
export function LeafRow({ object, leaf, onChange, onRemove }: Props) {
  const t = useT();
  const { byKey } = useSchema();
  const operatorText = useOperatorText();
  const field = resolvePath(byKey, object, leaf.field)?.field;
  const choose = (path: string) => {
    const next = resolvePath(byKey, object, path)?.field;
    if (!next) return;
    const op = next.operators.includes(leaf.op) ? leaf.op : firstOperator(next);
    onChange({
      field: path,
      op,
      value: next.type === field?.type && next.target === field?.target ? leaf.value : undefined,
    });
  };
  return (
    <div className={styles.leaf}>
      <FieldPathPicker object={object} value={leaf.field} onChange={choose} />
      <Select
        className={styles.op}
        value={field ? leaf.op : undefined}
        disabled={!field}
        aria-label={t("filter.operator")}
        popupMatchSelectWidth={false}
        onChange={(op) => onChange({ ...leaf, op, value: carryValue(leaf.op, op, leaf.value) })}
        options={(field?.operators ?? []).map((op) => ({ value: op, label: field ? operatorText(field, op) : op }))}
      />
      <div className={styles.value}>
        {field && needsValue(leaf.op) && (
          <FieldFilter
            key={`${leaf.field}:${leaf.op}`}
            field={field}
            op={leaf.op}
            value={leaf.value}
            onChange={(value) => onChange({ ...leaf, value })}
          />
        )}
      </div>
      <Button
        type="text"
        size="small"
        icon={<Icon as={X} size={14} />}
        aria-label={t("filter.remove")}
        onClick={onRemove}
      />
    </div>
  );
}
