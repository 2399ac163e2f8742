import type { ReadProps } from "../contract";
import styles from "./fields.module.css";

/** Numbers people compare character by character. */
export function CodeRead({ value }: ReadProps<string>) {
  return <span className={styles.code}>{value}</span>;
}
