import { useT } from "../messages";
import styles from "./table.module.css";

interface Props {
  name: string;
  width: number;
  onResize: (width: number) => void;
  onResized: (width: number) => void;
}

const LEAST = 64;
const MOST = 640;
const clamp = (width: number) => Math.round(Math.max(LEAST, Math.min(MOST, width)));

/** Drag with the pointer, or focus and use the arrow keys. */
export function ResizeHandle({ name, width, onResize, onResized }: Props) {
  const t = useT();
  const start = (event: React.PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const from = event.clientX;
    const element = event.currentTarget;
    element.setPointerCapture(event.pointerId);
    const move = (moved: PointerEvent) => onResize(clamp(width + moved.clientX - from));
    const end = (ended: PointerEvent) => {
      element.removeEventListener("pointermove", move);
      element.removeEventListener("pointerup", end);
      onResized(clamp(width + ended.clientX - from));
    };
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", end);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be dragged
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t("table.resize", { name })}
      aria-valuenow={width}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      className={styles.resize}
      draggable
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onPointerDown={start}
      onKeyDown={(event) => {
        const step = event.key === "ArrowRight" ? 16 : event.key === "ArrowLeft" ? -16 : 0;
        if (step === 0) return;
        event.preventDefault();
        event.stopPropagation();
        onResized(clamp(width + step));
      }}
    />
  );
}
