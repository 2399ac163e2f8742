import { type ReactNode, useId } from "react";
import styles from "../settings.module.css";

interface Props {
  title: string;
  body?: ReactNode;
  action?: ReactNode;
  wide?: boolean;
  children?: ReactNode;
}

/** One matter of a settings page: what it is, why, and the controls. */
export function Section({ title, body, action, wide = false, children }: Props) {
  const id = useId();
  return (
    <section className={[styles.section, wide ? styles.wide : ""].join(" ")} aria-labelledby={id}>
      <div className={styles.sectionHead}>
        <div>
          <h2 id={id}>{title}</h2>
          {body && <p>{body}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
