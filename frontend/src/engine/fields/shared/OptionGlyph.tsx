/**
 * The small marks of lifecycle and tier. They are asked for by colour name (`life-active`, `tier-high`), so an
 * administrator's own field can use the same marks; a plain colour has none.
 */
import type { Tone } from "@/kit/Chip";

const TONES: Record<string, Tone> = {
  "life-potential": "slate",
  "life-new": "info",
  "life-active": "ok",
  "life-dormant": "warn",
  "life-lost": "clay",
  "life-wonback": "wonback",
  "tier-high": "gold",
  "tier-std": "slate",
  "tier-low": "line",
};

export const toneOfOption = (color: string | null | undefined): Tone | undefined => (color ? TONES[color] : undefined);

export function OptionGlyph({ color }: { color: string | null | undefined }) {
  const shape = SHAPES[color ?? ""];
  if (!shape) return null;
  return (
    <svg viewBox="0 0 16 16" width="10" height="10" aria-hidden="true">
      {shape}
    </svg>
  );
}

const line = { fill: "none", stroke: "currentColor", strokeWidth: 2 } as const;

const SHAPES: Record<string, React.ReactNode> = {
  "life-potential": <circle cx="8" cy="8" r="5.5" {...line} strokeDasharray="2.6 1.72" />,
  "life-new": (
    <>
      <circle cx="8" cy="8" r="5.5" {...line} />
      <path d="M8 4.5a3.5 3.5 0 0 1 0 7z" fill="currentColor" />
    </>
  ),
  "life-active": <circle cx="8" cy="8" r="6.5" fill="currentColor" />,
  "life-dormant": (
    <path d="M11.5 10.8A5.6 5.6 0 0 1 6.2 3 5.8 5.8 0 1 0 13 10.3a5 5 0 0 1-1.5.5z" fill="currentColor" />
  ),
  "life-lost": <path d="M3.5 3.5l9 9M12.5 3.5l-9 9" {...line} strokeLinecap="round" />,
  "life-wonback": (
    <path d="M3 8a5 5 0 1 1 1.7 3.8M3 13.5V11h2.6" {...line} strokeLinecap="round" strokeLinejoin="round" />
  ),
  "tier-high": <path d="M8 1.5 14.5 8 8 14.5 1.5 8z" fill="currentColor" />,
  "tier-std": <path d="M8 2.5 13.5 8 8 13.5 2.5 8z" {...line} strokeWidth={1.8} />,
  "tier-low": <path d="M3 8h10" {...line} strokeLinecap="round" />,
};
