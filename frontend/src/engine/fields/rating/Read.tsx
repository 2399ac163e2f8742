import { Star } from "lucide-react";
import type { ReadProps } from "../contract";
import { useT } from "../messages";
import styles from "../shared/fields.module.css";
import { maxOf } from "./max-of";

export function Read({ value, field }: ReadProps<number>) {
  const t = useT();
  const max = maxOf(field.config);
  return (
    <span className={styles.stars} role="img" aria-label={t("rating_of", { value, max })}>
      {Array.from({ length: max }, (_, i) => i + 1).map((star) => (
        <Star
          key={star}
          size={14}
          strokeWidth={1.7}
          fill={star <= value ? "currentColor" : "none"}
          className={star <= value ? undefined : styles.off}
          aria-hidden="true"
        />
      ))}
    </span>
  );
}
