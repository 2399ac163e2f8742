import styles from "./fields.module.css";

/** The shape of a value that one may not read in clear: 138****1234. Plain text, whatever the type of the field. */
export function MaskedRead({ value }: { value: unknown }) {
  return <span className={styles.masked}>{typeof value === "string" ? value : "•••"}</span>;
}
