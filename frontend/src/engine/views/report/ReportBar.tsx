/** What a report is of: its rows, its columns, its figures and its picture, chosen where the answer is seen. */
import { Select } from "antd";
import type { ObjectSchema, ReportMeasure, ViewDefinition } from "@/api/types";
import { useLabel } from "@/i18n";
import type { GroupBy } from "../group-filter";
import { useT } from "../messages";
import { dimensionsOf, fieldOf, measuresOf, useReportNames } from "./names";
import styles from "./report.module.css";

export interface ReportChoice {
  groups: GroupBy[];
  measures: ReportMeasure[];
  chart: NonNullable<ViewDefinition["chart"]>;
  top: number | null;
}

interface Props {
  object: ObjectSchema;
  value: ReportChoice;
  onChange: (change: Partial<ReportChoice>) => void;
}

const CHARTS = ["bar", "line", "pie", "funnel", "number", "table"] as const;
const SHOWN = ["value", "share", "running", "growth"] as const;
const TOPS = [5, 10, 20, 50];
const MOST_MEASURES = 5;

const keyOf = ({ op, field }: ReportMeasure): string => (field ? `${op}:${field}` : op);

export function ReportBar({ object, value, onChange }: Props) {
  const t = useT();
  const names = useReportNames(object);
  const offered = measuresOf(object);
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
      </div>
      {first && (
        <Choice
          name={t("report.show")}
          value={first.show}
          options={SHOWN.map((show) => ({ value: show, label: t(`report.show_${show}`) }))}
          onChange={(show) => onChange({ measures: value.measures.map((each) => ({ ...each, show })) })}
        />
      )}
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

interface DimensionProps {
  object: ObjectSchema;
  at: 0 | 1;
  value: GroupBy[];
  onChange: (groups: GroupBy[]) => void;
}

function Dimension({ object, at, value, onChange }: DimensionProps) {
  const t = useT();
  const label = useLabel();
  const by = value[at];
  const other = value[1 - at];
  const fields = dimensionsOf(object).filter((field) => field.key !== other?.field);
  const buckets = fieldOf(object, by?.field)?.buckets ?? [];
  const name = t(at === 0 ? "report.rows" : "report.columns");
  const set = (next: GroupBy | null) =>
    onChange(at === 0 ? [...(next ? [next] : []), ...value.slice(1)] : [...value.slice(0, 1), ...(next ? [next] : [])]);
  return (
    <div className={styles.choice}>
      <span>{name}</span>
      <Select
        size="small"
        aria-label={name}
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        popupMatchSelectWidth={false}
        placeholder={t("report.none")}
        value={by?.field}
        options={fields.map((field) => ({ value: field.key, label: label(field.label) }))}
        onChange={(key: string | undefined) => {
          const buckets = fieldOf(object, key)?.buckets ?? [];
          const bucket = buckets.includes("month") ? "month" : buckets[0];
          set(key ? { field: key, ...(bucket ? { bucket } : {}) } : null);
        }}
      />
      {by && buckets.length > 0 && (
        <Select
          size="small"
          aria-label={t("display.bucket")}
          value={by.bucket ?? undefined}
          options={buckets.map((bucket) => ({ value: bucket, label: t(`bucket.${bucket as "day"}`) }))}
          onChange={(bucket: string) => set({ ...by, bucket })}
        />
      )}
    </div>
  );
}
