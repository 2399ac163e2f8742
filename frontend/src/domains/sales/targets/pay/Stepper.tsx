import { Button } from "antd";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { Icon } from "@/kit";
import { useT } from "../messages";
import { movedDay, type Period } from "../model";
import styles from "../targets.module.css";
import { useFigures } from "../useFigures";

/** One period back, one on. */
export function Stepper({ period, onDay }: { period: Period; onDay: (day: string) => void }) {
  const t = useT();
  const figures = useFigures();
  const move = (by: number) => onDay(movedDay(period.unit, period.start, by));
  return (
    <div className={styles.stepper}>
      <Button type="text" icon={<Icon as={ChevronLeft} />} aria-label={t("before")} onClick={() => move(-1)} />
      <b aria-live="polite">{figures.period(period)}</b>
      <Button type="text" icon={<Icon as={ChevronRight} />} aria-label={t("after")} onClick={() => move(1)} />
    </div>
  );
}
