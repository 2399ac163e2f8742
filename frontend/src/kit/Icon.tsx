import type { LucideIcon } from "lucide-react";

interface Props {
  as: LucideIcon;
  size?: 12 | 14 | 16 | 18 | 20 | 24;
  className?: string;
  /** Only for an icon that stands alone and says something; beside a word it stays silent. */
  label?: string;
}

/** One line-icon set at one weight. */
export function Icon({ as: Glyph, size = 16, className, label }: Props) {
  const naming = label ? { role: "img", "aria-label": label } : { "aria-hidden": true as const };
  return <Glyph size={size} strokeWidth={1.7} className={className} style={{ flex: "none" }} {...naming} />;
}
