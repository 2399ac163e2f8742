import type { Day } from "./model";
import styles from "./quality.module.css";

interface Props {
  days: Day[];
  label: string;
  width?: number;
  height?: number;
}

/** A trend as one line: scores from 0 to 100 over the days that were measured. */
export function Sparkline({ days, label, width = 120, height = 28 }: Props) {
  const known = days.filter((day): day is { day: string; overall: number } => day.overall !== null);
  const last = known.at(-1);
  if (!last || known.length < 2) return <span className={styles.flat} style={{ width, height }} aria-hidden />;
  const first = Date.parse(known[0]?.day ?? last.day);
  const span = Math.max(Date.parse(last.day) - first, 1);
  const low = Math.min(...known.map((day) => day.overall));
  const high = Math.max(...known.map((day) => day.overall));
  // A change of a point or two must be seen and must not look like a fall: the scale spans ten points at least.
  const room = Math.max(high - low, 10);
  const x = (day: string) => 3 + ((Date.parse(day) - first) / span) * (width - 6);
  const y = (score: number) => height - 4 - ((score - (high + low - room) / 2) / room) * (height - 8);
  const points = known.map((day) => `${x(day.day).toFixed(1)},${y(day.overall).toFixed(1)}`);
  return (
    <svg className={styles.spark} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img">
      <title>{label}</title>
      <polyline points={points.join(" ")} />
      <circle cx={x(last.day)} cy={y(last.overall)} r="2.5" />
    </svg>
  );
}
