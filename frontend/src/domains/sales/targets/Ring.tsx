import type { ReactNode } from "react";
import styles from "./targets.module.css";

const R = 46;
const AROUND = 2 * Math.PI * R;

interface Props {
  percent: number | null;
  /** Where one should be by today: a tick on the ring. */
  expected: number | null;
  label: string;
  children: ReactNode;
}

/** How much of a target is reached, and where one should be. */
export function Ring({ percent, expected, label, children }: Props) {
  const part = Math.min(Math.max(percent ?? 0, 0), 100) / 100;
  const tick = expected !== null && expected > 0 && expected < 100 ? (expected / 100) * 360 : null;
  return (
    <div className={styles.ring} role="img" aria-label={label}>
      <svg viewBox="0 0 112 112" aria-hidden="true">
        <circle cx="56" cy="56" r={R} className={styles.ringTrack} />
        {part > 0 && (
          <circle
            cx="56"
            cy="56"
            r={R}
            className={styles.ringPart}
            strokeDasharray={`${part * AROUND} ${AROUND}`}
            transform="rotate(-90 56 56)"
          />
        )}
        {tick !== null && (
          <line x1="56" y1="2" x2="56" y2="18" className={styles.tick} transform={`rotate(${tick} 56 56)`} />
        )}
      </svg>
      <div className={styles.ringText} aria-hidden="true">
        {children}
      </div>
    </div>
  );
}
