import styles from "../insight.module.css";

const WIDTH = 100;
const HEIGHT = 32;

/** How a figure went, as a line; the number beside it says where it ended. */
export function Spark({ values }: { values: (number | null)[] }) {
  const known = values.map((value, at) => ({ value, at })).filter((each) => each.value !== null) as {
    value: number;
    at: number;
  }[];
  const [first, last] = [known[0], known[known.length - 1]];
  if (!first || !last || known.length < 2) return <span />;
  const low = Math.min(...known.map((each) => each.value));
  const high = Math.max(...known.map((each) => each.value));
  const x = (at: number) => (at / (values.length - 1)) * WIDTH;
  const y = (value: number) => (high === low ? HEIGHT / 2 : 2 + (1 - (value - low) / (high - low)) * (HEIGHT - 4));
  const line = known.map((each, n) => `${n ? "L" : "M"}${x(each.at)} ${y(each.value)}`).join("");
  return (
    <svg className={styles.spark} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path data-area d={`${line}L${x(last.at)} ${HEIGHT}L${x(first.at)} ${HEIGHT}Z`} />
      <path d={line} />
    </svg>
  );
}
