import { useDroppable } from "@dnd-kit/react";
import type { ObjectSchema } from "@/api/types";
import { PALETTE } from "./draft";
import { FieldChip } from "./FieldChip";
import styles from "./layouts.module.css";
import { layoutsMessages } from "./messages";

interface Props {
  object: ObjectSchema;
  fields: readonly string[];
  onToggle: (field: string) => void;
}

/** The fields that have no place yet. */
export function Palette({ object, fields, onToggle }: Props) {
  const t = layoutsMessages.useT();
  const { ref, isDropTarget } = useDroppable({ id: PALETTE, type: "section", accept: "field" });
  return (
    <section className={styles.palette} aria-label={t("palette")}>
      <h3>{t("palette")}</h3>
      <div ref={ref} className={styles.zone} data-columns={1} data-over={isDropTarget}>
        {fields.length === 0 && <p className={styles.hint}>{t("palette_none")}</p>}
        {fields.map((key, i) => {
          const field = object.fields.find((each) => each.key === key);
          return (
            field && (
              <FieldChip
                key={key}
                field={field}
                index={i}
                group={PALETTE}
                placed={false}
                onToggle={() => onToggle(key)}
              />
            )
          );
        })}
      </div>
    </section>
  );
}
