import { type PointerEvent, useRef } from "react";
import { BOX, pathOf, type Strokes } from "./model";
import styles from "./offers.module.css";

/** A box to sign in, with a finger, a pen or a mouse. */
export function SignaturePad({
  value,
  onChange,
  label,
}: {
  value: Strokes;
  onChange: (strokes: Strokes) => void;
  label: string;
}) {
  const drawing = useRef(false);
  const pointOf = (event: PointerEvent<SVGSVGElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    const within = (share: number, size: number) => Math.round(Math.min(1, Math.max(0, share)) * size);
    return [
      within((event.clientX - box.left) / box.width, BOX.width),
      within((event.clientY - box.top) / box.height, BOX.height),
    ];
  };
  return (
    <svg
      className={styles.pad}
      viewBox={`0 0 ${BOX.width} ${BOX.height}`}
      role="img"
      aria-label={label}
      onPointerDown={(event) => {
        drawing.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        onChange([...value, [pointOf(event)]]);
      }}
      onPointerMove={(event) => {
        const last = value.at(-1);
        if (drawing.current && last) onChange([...value.slice(0, -1), [...last, pointOf(event)]]);
      }}
      onPointerUp={() => {
        drawing.current = false;
      }}
      onPointerCancel={() => {
        drawing.current = false;
      }}
    >
      <path d={pathOf(value)} />
    </svg>
  );
}

/** A signature that was given. */
export function Signature({ strokes, label }: { strokes: Strokes; label: string }) {
  return (
    <svg className={styles.signature} viewBox={`0 0 ${BOX.width} ${BOX.height}`} role="img" aria-label={label}>
      <path d={pathOf(strokes)} />
    </svg>
  );
}
