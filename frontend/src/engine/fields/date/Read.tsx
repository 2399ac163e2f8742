import { RelativeTime, useFormat } from "@/kit";
import type { ReadProps } from "../contract";
import { useT } from "../messages";
import { isDue, nearness } from "./due";

export function Read({ value, field, place }: ReadProps<string>) {
  const format = useFormat();
  const t = useT();
  if (place !== "cell") return <time dateTime={value}>{format.date(value)}</time>;
  if (!isDue(field)) return <RelativeTime value={value} as="day" className="gx-2" />;
  const days = format.daysFromToday(value);
  const near = nearness(days);
  if (near === "late")
    return (
      <span className="gx-bad" title={format.date(value)}>
        {t("late", { count: -(days ?? 0) })}
      </span>
    );
  return <RelativeTime value={value} as="day" className={near === "soon" ? "gx-warn" : undefined} />;
}
