import { useSortable } from "@dnd-kit/react/sortable";
import { ChevronDown, ChevronUp, GripVertical, X } from "lucide-react";
import type { Field } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { FieldEdit, FieldRead } from "../Field";
import { moduleOf } from "../registry";
import type { Row } from "./lines";
import styles from "./lines.module.css";
import { useT } from "./messages";

interface Props {
  row: Row;
  index: number;
  count: number;
  columns: Field[];
  errors?: Record<string, string>;
  onChange: (key: string, value: unknown) => void;
  onRemove: () => void;
  onMove: (to: number) => void;
}

/** One line: its grip, its cells, the button that removes it. */
export function LineRow({ row, index, count, columns, errors, onChange, onRemove, onMove }: Props) {
  const t = useT();
  const label = useLabel();
  const { ref, handleRef, isDragging } = useSortable({ id: row.row, index });
  const n = index + 1;
  return (
    <div ref={ref} className={styles.row} data-dragging={isDragging}>
      <button
        type="button"
        ref={handleRef}
        className={styles.grip}
        aria-label={t("move", { n })}
        title={t("move", { n })}
      >
        <Icon as={GripVertical} size={14} />
      </button>
      {columns.map((field, column) => {
        const error = errors?.[`${index}.${field.key}`];
        const name = t("cell", { n, name: label(field.label) });
        return (
          <div
            key={field.key}
            className={styles.cell}
            data-cell={`${index}:${column}`}
            data-align={moduleOf(field).align}
          >
            <span className={styles.cellLabel} aria-hidden="true">
              {label(field.label)}
            </span>
            {field.readonly ? (
              <FieldRead field={field} value={row.line[field.key]} place="form" />
            ) : (
              <FieldEdit
                field={{ ...field, label: { "zh-CN": name, en: name } }}
                value={row.line[field.key] ?? null}
                onChange={(value) => onChange(field.key, value)}
                place="form"
                invalid={Boolean(error)}
              />
            )}
            {error && (
              <span className={styles.wrong} role="alert">
                {error}
              </span>
            )}
          </div>
        );
      })}
      <div className={styles.tools}>
        <button
          type="button"
          className={styles.phoneOnly}
          disabled={index === 0}
          aria-label={t("up", { n })}
          onClick={() => onMove(index - 1)}
        >
          <Icon as={ChevronUp} size={16} />
        </button>
        <button
          type="button"
          className={styles.phoneOnly}
          disabled={index === count - 1}
          aria-label={t("down", { n })}
          onClick={() => onMove(index + 1)}
        >
          <Icon as={ChevronDown} size={16} />
        </button>
        <button type="button" aria-label={t("remove", { n })} title={t("remove", { n })} onClick={onRemove}>
          <Icon as={X} size={14} />
        </button>
      </div>
    </div>
  );
}
