import { useSortable } from "@dnd-kit/react/sortable";
import { ArrowDown, ArrowUp, GripVertical, Lock } from "lucide-react";
import type { KeyboardEvent } from "react";
import { useLabel } from "@/i18n";
import { Chip, Icon } from "@/kit";
import { type DesignField, useKindName } from "../design";
import { useT } from "../locales";
import { typeIcon } from "../type-icons";
import styles from "./fields.module.css";

interface Props {
  field: DesignField;
  index: number;
  section: string;
  selected: boolean;
  /** Not saved yet: it stands there and does not move. */
  fresh?: boolean;
  onSelect?: () => void;
  onStep?: (by: 1 | -1) => void;
}

const STEPS: Record<string, 1 | -1> = { ArrowUp: -1, ArrowDown: 1 };

export function FieldTile({ field, index, section, selected, fresh = false, onSelect, onStep }: Props) {
  const t = useT();
  const label = useLabel();
  const kindName = useKindName();
  const name = label(field.label);
  const { ref, handleRef, isDragging } = useSortable({
    id: field.key || "draft",
    index,
    group: section,
    type: "field",
    accept: ["field"],
    disabled: fresh,
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.altKey ? STEPS[event.key] : undefined;
    if (!by) return;
    event.preventDefault();
    onStep?.(by);
  };
  return (
    <li ref={ref} className={styles.tile} data-on={selected} data-dragging={isDragging} data-dim={field.hidden}>
      {!fresh && (
        <button type="button" ref={handleRef} className={styles.grip} aria-label={t("canvas.drag", { name })}>
          <Icon as={GripVertical} size={14} />
        </button>
      )}
      <button
        type="button"
        className={styles.pick}
        aria-pressed={selected}
        aria-label={t("canvas.select", { name })}
        onClick={onSelect}
        onKeyDown={onKeyDown}
      >
        <span className={styles.glyph}>
          <Icon as={typeIcon(field.declared)} size={14} />
        </span>
        <span className={styles.name}>
          <span className="gx-cut">{name}</span>
          {field.required && <em aria-hidden="true">*</em>}
          {field.system && <Icon as={Lock} size={12} />}
        </span>
        {(["unique", "hidden", "deprecated", "sensitive", "confidential", "busy"] as const)
          .filter((mark) => field[mark])
          .slice(0, 2)
          .map((mark) => (
            <Chip key={mark} tone={mark === "deprecated" || mark === "busy" ? "warn" : "mute"}>
              {t(`marks.${mark === "sensitive" && field.encrypted ? "encrypted" : mark}`)}
            </Chip>
          ))}
        {fresh && <Chip tone="brand">{t("marks.new")}</Chip>}
        <span className={styles.kind}>{kindName(field.declared)}</span>
      </button>
      {selected && !fresh && onStep && (
        <span className={styles.steps}>
          <button type="button" aria-label={`${t("canvas.up")}: ${name}`} onClick={() => onStep(-1)}>
            <Icon as={ArrowUp} size={14} />
          </button>
          <button type="button" aria-label={`${t("canvas.down")}: ${name}`} onClick={() => onStep(1)}>
            <Icon as={ArrowDown} size={14} />
          </button>
        </span>
      )}
    </li>
  );
}
