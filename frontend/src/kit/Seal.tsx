import styles from "./kit.module.css";

/** The mark: two people and the line between them. */
export function Seal({ large = false }: { large?: boolean }) {
  return (
    <span className={[styles.seal, large ? styles["seal-lg"] : ""].join(" ")} aria-hidden="true">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="5" cy="5.2" r="2.7" />
        <circle cx="11" cy="10.8" r="2.7" />
        <path d="M7 7.1 9 8.9" />
      </svg>
    </span>
  );
}
