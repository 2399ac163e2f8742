/** What a report is of: its rows, its columns, its figures and its picture, chosen where the answer is seen. */
import { Select } from "antd";
import type { Compare, ObjectSchema, ReportMeasure, ViewDefinition } from "@/api/types";
import type { GroupBy } from "../group-filter";
import { useT } from "../messages";
import { Compared } from "./Compared";
import { Dimension } from "./Dimension";
import { MoreFigures } from "./MoreFigures";
import { keyOf, measuresOf, useReportNames } from "./names";
import styles from "./report.module.css";

export interface ReportChoice {
  groups: GroupBy[];
  measures: ReportMeasure[];
  chart: NonNullable<ViewDefinition["chart"]>;
  top: number | null;
  compare: Compare | null;
}

interface Props {
  object: ObjectSchema;
  value: ReportChoice;
  onChange: (change: Partial<ReportChoice>) => void;
}

const CHARTS = ["bar", "line", "pie", "funnel", "number", "gauge", "table"] as const;
const SHOWN = ["value", "share", "running", "growth"] as const;
const TOPS = [5, 10, 20, 50];
const MOST_MEASURES = 5;

export function ReportBar({ object, value, onChange }: Props) {
  const t = useT();
  const names = useReportNames(object);
  const own = measuresOf(object);
  // Ratios and figures of related fields are made beside; here they can be taken out again.
  const offered = [...own, ...value.measures.filter((each) => !own.some((other) => keyOf(other) === keyOf(each)))];
  const [first] = value.measures;
  const chosen = (keys: string[]) =>
    keys.flatMap(
      (key) => value.measures.find((each) => keyOf(each) === key) ?? offered.find((each) => keyOf(each) === key) ?? [],
    );
  return (
    <div className={styles.bar}>
      <Dimension object={object} at={0} value={value.groups} onChange={(groups) => onChange({ groups })} />
      {value.groups.length > 0 && (
        <Dimension object={object} at={1} value={value.groups} onChange={(groups) => onChange({ groups })} />
      )}
      <div className={styles.choice}>
        <span>{t("report.figures")}</span>
        <Select
          size="small"
          mode="multiple"
          className={styles.figures}
          aria-label={t("report.figures")}
          maxCount={MOST_MEASURES}
          maxTagCount="responsive"
          maxTagTextLength={8}
          showSearch={{ optionFilterProp: "label" }}
          value={value.measures.map(keyOf)}
          options={offered.map((each) => ({ value: keyOf(each), label: names.measure(each) }))}
          onChange={(keys: string[]) => onChange({ measures: keys.length ? chosen(keys) : offered.slice(0, 1) })}
        />
        {value.measures.length < MOST_MEASURES && (
          <MoreFigures object={object} onAdd={(made) => onChange({ measures: [...value.measures, made] })} />
        )}
      </div>
      {first && (
        <Choice
          name={t("report.show")}
          value={first.show}
          options={SHOWN.map((show) => ({ value: show, label: t(`report.show_${show}`) }))}
          onChange={(show) => onChange({ measures: value.measures.map((each) => ({ ...each, show })) })}
        />
      )}
      <Compared object={object} value={value.compare} onChange={(compare) => onChange({ compare })} />
      <Choice
        name={t("report.chart")}
        value={value.chart}
        options={CHARTS.map((chart) => ({ value: chart, label: t(`report.chart_${chart}`) }))}
        onChange={(chart) => onChange({ chart })}
      />
      {value.groups.length > 0 && (
        <Choice
          name={t("report.top")}
          value={value.top ?? 0}
          options={[0, ...TOPS].map((n) => ({ value: n, label: n ? t("report.top_n", { n }) : t("report.top_all") }))}
          onChange={(top) => onChange({ top: top || null })}
        />
      )}
    </div>
  );
}

interface ChoiceProps<V> {
  name: string;
  value: V;
  options: { value: V; label: string }[];
  onChange: (value: V) => void;
}

function Choice<V extends string | number>({ name, value, options, onChange }: ChoiceProps<V>) {
  return (
    <div className={styles.choice}>
      <span>{name}</span>
      <Select
        size="small"
        aria-label={name}
        value={value}
        options={options}
        onChange={onChange}
        popupMatchSelectWidth={false}
      />
    </div>
  );
}
