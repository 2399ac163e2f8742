import { Tooltip } from "antd";
import { useFormat } from "./format/useFormat";

/** Money for the eye, every digit on hover. */
export function Money({
  value,
  currency,
  exact = false,
}: {
  value: number | string | null | undefined;
  currency?: string | null;
  exact?: boolean;
}) {
  const format = useFormat();
  const full = format.money(value, currency);
  if (exact) return <span>{full}</span>;
  const short = format.moneyShort(value, currency);
  return short === full ? <span>{full}</span> : <span title={full}>{short}</span>;
}

interface TimeProps {
  value: string | null | undefined;
  /** `relative` 3 天前; `day` 昨天 17:00 or 11月23日 */
  as?: "relative" | "day";
  className?: string;
}

/** A moment in words, the exact one on hover and focus. */
export function RelativeTime({ value, as = "relative", className }: TimeProps) {
  const format = useFormat();
  if (!value) return <span className={className}>—</span>;
  const exact = /^\d{4}-\d{2}-\d{2}$/.test(value) ? format.date(value) : format.dateTime(value);
  return (
    <Tooltip title={exact} mouseEnterDelay={0.4}>
      <time dateTime={value} className={className}>
        {as === "day" ? format.day(value) : format.relative(value)}
      </time>
    </Tooltip>
  );
}
