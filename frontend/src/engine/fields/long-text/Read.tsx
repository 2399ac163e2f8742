import type { ReadProps } from "../contract";
import styles from "../shared/fields.module.css";

export function Read({ value, place }: ReadProps<string>) {
  if (place === "cell") return <>{value.replace(/\s+/g, " ").slice(0, 160)}</>;
  return <span className={styles.lines}>{value}</span>;
}
