/** The totals of a report as numbers, each beside what it was; or the first on its way to what it should be. */

import { useT } from "../messages";
import { besides, figuresOf } from "./figures";
import { Gauge } from "./Gauge";
import type { useReportNames } from "./names";
import type { ReportChoice } from "./ReportBar";
import styles from "./report.module.css";

interface Props {
  choice: ReportChoice;
  totals: (number | null)[];
  names: ReturnType<typeof useReportNames>;
  onOpen: (before: boolean) => void;
}

export function Numbers({ choice, totals, names, onOpen }: Props) {
  const t = useT();
  const { measures, compare } = choice;
  const figures = figuresOf(
    measures.map((each) => ({ ...each, show: "value" as const })),
    compare?.how,
  );
  const of = (at: number, as: (typeof figures)[number]["as"]) => {
    const figure = figures.find((each) => each.at === at && each.as === as);
    return figure && names.cell(figure, besides(figure, totals, measures.length));
  };
  if (choice.chart === "gauge" && compare) {
    const [now, was] = [totals[0] ?? null, totals[measures.length] ?? null];
    const [value, before] = [of(0, "value") ?? "–", of(0, "before") ?? "–"];
    return (
      <Gauge
        value={now}
        target={was}
        share={names.cell(
          { measure: measures[0] ?? COUNT, at: 0, as: "reached" },
          was && now !== null ? (now / was) * 100 : null,
        )}
        about={t(`report.gauge_${compare.how}`, { value, before })}
        onOpen={() => onOpen(false)}
      />
    );
  }
  return (
    <div className={styles.numbers}>
      {measures.map((each, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a figure is its place
        <div key={at}>
          <button type="button" className={styles.number} onClick={() => onOpen(false)}>
            <b>{of(at, "value")}</b>
            <span>{names.measure({ ...each, show: "value" })}</span>
          </button>
          {of(at, "before") !== undefined && (
            <button
              type="button"
              className={styles.beside}
              disabled={compare?.how === "target"}
              onClick={() => onOpen(true)}
            >
              {t(`report.beside_${compare?.how ?? "previous"}`, {
                before: of(at, "before") ?? "–",
                change: of(at, compare?.how === "target" ? "reached" : "change") ?? "–",
              })}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}

const COUNT = { op: "count", show: "value" } as const;
