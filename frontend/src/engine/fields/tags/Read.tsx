import { useLabel } from "@/i18n";
import { Chip } from "@/kit";
import type { ReadProps } from "../contract";
import styles from "../shared/fields.module.css";
import { optionOf } from "../shared/OptionChip";

/** Tags are people's own words: outlined, without meaning colours. */
export function Read({ value, field, place }: ReadProps<string[]>) {
  const label = useLabel();
  return (
    <span className={place === "cell" ? styles.chipsLine : styles.chips}>
      {value.map((tag) => (
        <Chip key={tag} tone="line">
          {label(optionOf(field.options, tag)?.label, tag)}
        </Chip>
      ))}
    </span>
  );
}
