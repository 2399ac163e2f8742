import styles from "./shell/Shell.module.css";

/** The shell's outline while the first answers come: same measures, so nothing moves when they arrive. */
export function BootSkeleton() {
  return (
    <div className={styles.app} aria-busy="true">
      <div className={styles.top} />
      <div className={styles.rail} />
      <div className={styles.sheet} />
    </div>
  );
}
