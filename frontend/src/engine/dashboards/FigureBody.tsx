/** One number, what it stands beside, and the records that it counts. */
import { TrendingDown, TrendingUp } from "lucide-react";
import { Link } from "react-router";
import type { ObjectSchema } from "@/api/types";
import { Icon, useFormat } from "@/kit";
import { listOf } from "../views/report/drawn";
import { useReportNames } from "../views/report/names";
import styles from "./dashboards.module.css";
import { useT } from "./messages";
import type { Widget, WidgetFigures } from "./types";

interface Props {
  object: ObjectSchema;
  widget: Widget;
  counted: WidgetFigures;
}

/** More of these is better; of a waiting time less is. */
const ADDED_UP = new Set(["count", "sum", "distinct"]);

export function FigureBody({ object, widget, counted }: Props) {
  const names = useReportNames(object);
  const [given] = counted.definition?.measures ?? [];
  if (!given) return null;
  const measure = { ...given, show: "value" as const };
  const value = counted.figures?.data[0]?.values.m0 ?? null;
  return (
    <div className={styles.figure}>
      <Link to={listOf(object, counted.definition?.filter ?? null)} title={names.write(measure, value)}>
        {names.write(measure, value, Math.abs(value ?? 0) >= 10_000)}
      </Link>
      {counted.before && widget.compare && (value !== null || counted.before.value !== null) && (
        <Change
          how={widget.compare}
          now={value}
          before={counted.before.value}
          period={counted.before.period}
          to={listOf(object, counted.before.filter)}
          judged={ADDED_UP.has(measure.op)}
          write={(amount) => names.write(measure, amount, true)}
        />
      )}
    </div>
  );
}

interface ChangeProps {
  how: "previous" | "year";
  now: number | null;
  before: number | null;
  period: [string, string];
  to: string;
  judged: boolean;
  write: (value: number) => string;
}

function Change({ how, now, before, period, to, judged, write }: ChangeProps) {
  const t = useT();
  const format = useFormat();
  const change = (now ?? 0) - (before ?? 0);
  const last = new Date(`${period[1]}T00:00:00Z`);
  last.setUTCDate(last.getUTCDate() - 1);
  const values = { from: period[0], to: last.toISOString().slice(0, 10), value: write(before ?? 0) };
  const sign = change > 0 ? "+" : "−";
  const percent = before ? ` (${sign}${format.percent(Math.abs((change / before) * 100), 0)})` : "";
  const tone = !judged || change === 0 ? "gx-3" : change > 0 ? "gx-ok" : "gx-bad";
  return (
    <Link className={[styles.change, tone].join(" ")} to={to} title={t("versus_days", values)}>
      {change !== 0 && <Icon as={change > 0 ? TrendingUp : TrendingDown} size={12} />}
      <span>
        {t(`versus.${how}`)} {change === 0 ? t("same") : `${sign}${write(Math.abs(change))}${percent}`}
      </span>
    </Link>
  );
}
