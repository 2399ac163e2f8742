import type { ReactNode } from "react";
import styles from "./kit.module.css";

export type Tone = "mute" | "ok" | "warn" | "bad" | "info" | "brand" | "line" | "wonback" | "gold" | "slate" | "clay";

interface Props {
  tone?: Tone;
  children: ReactNode;
  icon?: ReactNode;
  title?: string;
  className?: string;
}

/** A small fact. Colour means something (see rule 2); a glyph or the word itself says it too. */
export function Chip({ tone = "mute", children, icon, title, className }: Props) {
  return (
    <span className={[styles.chip, styles[`tone-${tone}`], className].filter(Boolean).join(" ")} title={title}>
      {icon}
      <span className="gx-cut">{children}</span>
    </span>
  );
}

const TONE_BY_COLOR: Record<string, Tone> = {
  green: "ok",
  ok: "ok",
  success: "ok",
  orange: "warn",
  amber: "warn",
  yellow: "warn",
  warn: "warn",
  red: "bad",
  bad: "bad",
  danger: "bad",
  blue: "info",
  info: "info",
  teal: "brand",
  cyan: "brand",
  brand: "brand",
  purple: "wonback",
  violet: "wonback",
  gold: "gold",
  slate: "slate",
  steel: "slate",
  brown: "clay",
  clay: "clay",
  gray: "mute",
  grey: "mute",
};

/** Option colours are names of meanings, never hex: both themes can show them. */
export function toneOf(color: string | null | undefined): Tone {
  return (color && TONE_BY_COLOR[color]) || "mute";
}
