import { useSortable } from "@dnd-kit/react/sortable";
import { GripVertical, Plus, X } from "lucide-react";
import type { Field } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import styles from "./layouts.module.css";
import { layoutsMessages } from "./messages";

interface Props {
  field: Field;
  index: number;
  group: string;
  placed: boolean;
  onToggle: () => void;
}

/** A field that is dragged to its place, by pointer or by the keys on its grip; its button places it at once. */
export function FieldChip({ field, index, group, placed, onToggle }: Props) {
  const t = layoutsMessages.useT();
  const label = useLabel();
  const { ref, handleRef, isDragging } = useSortable({ id: field.key, index, group, type: "field", accept: "field" });
  const name = label(field.label, field.key);
  return (
    <div ref={ref} className={styles.chip} data-dragging={isDragging}>
      <button type="button" ref={handleRef} className={styles.grip} aria-label={t("move", { name })}>
        <Icon as={GripVertical} size={14} />
      </button>
      <span className="gx-cut">
        {name}
        {field.required && <span className={styles.star}>*</span>}
      </span>
      <button
        type="button"
        className={styles.toggle}
        aria-label={t(placed ? "unplace" : "place", { name })}
        title={t(placed ? "unplace" : "place", { name })}
        onClick={onToggle}
      >
        <Icon as={placed ? X : Plus} size={14} />
      </button>
    </div>
  );
}
