/** A report inside a widget: its picture as large as there is room for, or its table. */
import { useMemo } from "react";
import { useNavigate } from "react-router";
import type { ObjectSchema } from "@/api/types";
import { Empty, lazyPart, useIsPhone } from "@/kit";
import { behind, drawnOf, counted as filterOf, listOf } from "../views/report/drawn";
import type { Head } from "../views/report/matrix";
import { Numbers } from "../views/report/Numbers";
import { useFieldAt, useReportNames } from "../views/report/names";
import { ReportTable } from "../views/report/ReportTable";
import { matrixFor } from "../views/report/useReport";
import styles from "./dashboards.module.css";
import { useT } from "./messages";
import type { WidgetFigures } from "./types";

const Picture = lazyPart(async () => (await import("../views/report/Picture")).Picture);

interface Props {
  object: ObjectSchema;
  counted: WidgetFigures;
  /** The height that there is for rows, in pixels. */
  room: number;
  asTable: boolean;
}

const ROW_HEIGHT = 26;
const AXIS = 56;

export function ReportBody({ object, counted, room, asTable }: Props) {
  const t = useT();
  const navigate = useNavigate();
  const narrow = useIsPhone();
  const names = useReportNames(object);
  const fieldAt = useFieldAt(object);
  const { definition, figures } = counted;
  const choice = useMemo(
    () => ({
      groups: definition?.groups ?? [],
      measures: definition?.measures ?? [],
      chart: definition?.chart ?? ("bar" as const),
      top: definition?.top ?? null,
      compare: definition?.compare ?? null,
    }),
    [definition],
  );
  const matrix = useMemo(
    () => matrixFor(fieldAt, choice, figures?.data ?? [], figures?.totals ?? []),
    [fieldAt, choice, figures],
  );
  const most = Math.max(3, Math.floor((room - AXIS) / ROW_HEIGHT));
  const [first, second] = choice.groups;
  // biome-ignore lint/correctness/useExhaustiveDependencies: names are made of the object and the language
  const drawn = useMemo(
    () => drawnOf(choice, matrix, names, narrow, choice.chart === "bar" ? most : undefined),
    [choice, matrix, narrow, most, t("title")],
  );
  const open = (row: Head | null, column: Head | null, before = false) => {
    const of = filterOf({ filter: definition?.filter ?? null, before: counted.before }, before);
    navigate(listOf(object, behind(of, choice.groups, row, column, before)));
  };
  if (first && matrix.rows.length === 0) return <Empty small title={t("empty.records")} />;
  if (!first || choice.chart === "number" || choice.chart === "gauge")
    return (
      <div className={styles.numbers}>
        <Numbers choice={choice} totals={matrix.totals} names={names} onOpen={(before) => open(null, null, before)} />
      </div>
    );
  if (!drawn || asTable) {
    const title = names.path(first.field);
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by the keyboard
      <section className={styles.scroll} tabIndex={0} aria-label={title}>
        <ReportTable
          matrix={matrix}
          groups={choice.groups}
          measures={choice.measures}
          compare={choice.compare}
          names={names}
          title={title}
          onOpen={open}
        />
      </section>
    );
  }
  const more = matrix.rows.length - drawn.rows.length;
  const picked = (series: number, at: number) => {
    const row = matrix.rows[at];
    if (row && !row.others) open(row, second ? (matrix.columns[series] ?? null) : null, series === drawn.muted);
  };
  return (
    <>
      <div className={styles.picture}>
        <Picture drawn={drawn} onPick={picked} height="100%" />
      </div>
      {more > 0 && <small className={styles.more}>{t("widget.more", { n: more })}</small>}
    </>
  );
}
