/** A figure on its way to a number: how far round the half circle it has come. */
import styles from "./report.module.css";

interface Props {
  value: number | null;
  target: number | null;
  /** How far, and what of what, in words. */
  share: string;
  about: string;
  onOpen: () => void;
}

const RADIUS = 84;
const HALF = Math.PI * RADIUS;
const ARC = "M 16 100 A 84 84 0 0 1 184 100";

export function Gauge({ value, target, share, about, onOpen }: Props) {
  const part = target ? Math.min(1, Math.max(0, (value ?? 0) / target)) : 0;
  return (
    <button type="button" className={styles.gauge} data-reached={part >= 1 || undefined} onClick={onOpen}>
      <svg viewBox="0 0 200 110" aria-hidden="true">
        <path d={ARC} className={styles.track} />
        {part > 0 && <path d={ARC} className={styles.reach} strokeDasharray={`${part * HALF} ${HALF}`} />}
      </svg>
      <b>{share}</b>
      <span>{about}</span>
    </button>
  );
}
