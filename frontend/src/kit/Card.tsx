import { type ReactNode, useId } from "react";
import styles from "./kit.module.css";

interface Props {
  title: ReactNode;
  count?: ReactNode;
  /** A small link or control at the right of the head. */
  more?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A titled panel on the sheet: a hairline, no shadow. */
export function Card({ title, count, more, children, className }: Props) {
  const id = useId();
  return (
    <section className={[styles.card, className].filter(Boolean).join(" ")} aria-labelledby={id}>
      <div className={styles.cardHead}>
        <h2 id={id}>{title}</h2>
        {count !== undefined && <span className={styles.count}>{count}</span>}
        {more && <span className={styles.more}>{more}</span>}
      </div>
      {children}
    </section>
  );
}
