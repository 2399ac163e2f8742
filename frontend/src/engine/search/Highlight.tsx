import { Fragment } from "react";
import type { SearchHit } from "@/api";
import styles from "./CommandPalette.module.css";

/** The title with what matched marked; a match elsewhere (a phone number) is shown behind it with its own marks. */
export function Highlight({ hit }: { hit: SearchHit }) {
  const inTitle = hit.highlights.find((highlight) => highlight.text === hit.title);
  const elsewhere = inTitle ? undefined : hit.highlights[0];
  return (
    <>
      <span className="gx-cut">{inTitle ? <Marked text={inTitle.text} ranges={inTitle.ranges} /> : hit.title}</span>
      {elsewhere ? (
        <small className="gx-cut">
          <Marked text={elsewhere.text} ranges={elsewhere.ranges} />
        </small>
      ) : (
        hit.subtitle && <small className="gx-cut">{hit.subtitle}</small>
      )}
    </>
  );
}

function Marked({ text, ranges }: { text: string; ranges: [number, number][] }) {
  const parts: { text: string; mark: boolean; at: number }[] = [];
  let at = 0;
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (start > at) parts.push({ text: text.slice(at, start), mark: false, at });
    if (end > Math.max(start, at))
      parts.push({ text: text.slice(Math.max(start, at), end), mark: true, at: Math.max(start, at) });
    at = Math.max(at, end);
  }
  if (at < text.length) parts.push({ text: text.slice(at), mark: false, at });
  return parts.map((part) =>
    part.mark ? (
      <mark key={part.at} className={styles.mark}>
        {part.text}
      </mark>
    ) : (
      <Fragment key={part.at}>{part.text}</Fragment>
    ),
  );
}
