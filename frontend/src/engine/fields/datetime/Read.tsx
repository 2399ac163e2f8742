import { RelativeTime, useFormat } from "@/kit";
import type { ReadProps } from "../contract";
import { isDue, nearness } from "../date/due";
import { useT } from "../messages";

export function Read({ value, field, place }: ReadProps<string>) {
  const format = useFormat();
  const t = useT();
  if (place !== "cell") return <time dateTime={value}>{format.dateTime(value)}</time>;
  if (!isDue(field)) return <RelativeTime value={value} className="gx-2" />;
  const days = format.daysFromToday(value);
  const near = nearness(days);
  if (near === "late")
    return (
      <span className="gx-bad" title={format.dateTime(value)}>
        {t("late", { count: -(days ?? 0) })}
      </span>
    );
  return <RelativeTime value={value} as="day" className={near === "soon" ? "gx-warn" : undefined} />;
}
