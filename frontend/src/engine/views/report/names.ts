/** How the rows, columns and figures of a report are called and written. */
import { useCallback } from "react";
import type { Compare, Field, Label, MeasurePart, ObjectSchema, ReportMeasure } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { useFormat } from "@/kit";
import { resolvePath } from "../filter/path";
import { endsOf, type GroupBy, periodText, RANGE } from "../group-filter";
import { useT } from "../messages";
import type { Figure } from "./figures";
import type { Head } from "./matrix";

export type FieldAt = (path: string | null | undefined) => Field | undefined;

/** The field at the end of a path through relations (`customer.industry`). */
export function useFieldAt(object: ObjectSchema): FieldAt {
  const { byKey } = useSchema();
  return useCallback((path) => (path ? resolvePath(byKey, object, path)?.field : undefined), [byKey, object]);
}

export const isNumeric = (field: Field): boolean => field.measures.includes("avg");

/** Whether a report can have rows and columns of the field. */
export const isDimension = (field: Field): boolean =>
  field.groupable || (field.buckets?.length ?? 0) > 0 || isNumeric(field);

/** What a figure counts, whichever way it is shown. */
export const keyOf = ({ op, field, filter, of, over }: ReportMeasure): string =>
  of || filter
    ? JSON.stringify([op, field ?? null, filter ?? null, of ?? null, over ?? null])
    : field
      ? `${op}:${field}`
      : op;

/** What it can count and measure, the sums of money first: they are what is asked for most. */
export function measuresOf(object: ObjectSchema): ReportMeasure[] {
  const measured = object.fields.filter((field) => field.measures.includes("avg"));
  const moneyFirst = [...measured].sort((a, b) => Number(b.type === "money") - Number(a.type === "money"));
  const others = object.fields.filter(
    (field) => !measured.includes(field) && !field.system && field.groupable && field.measures.includes("distinct"),
  );
  return [
    { op: "count", show: "value" },
    ...moneyFirst.flatMap((field) =>
      (["sum", "avg", "median", "min", "max"] as const)
        .filter((op) => field.measures.includes(op))
        .map((op): ReportMeasure => ({ op, field: field.key, show: "value" })),
    ),
    ...others.map((field): ReportMeasure => ({ op: "distinct", field: field.key, show: "value" })),
  ];
}

export function useReportNames(object: ObjectSchema) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const { byKey } = useSchema();
  const fieldAt = useFieldAt(object);
  /** 客户的行业, Customer’s industry: every field on the way. */
  const path = (of: string): string => {
    const found = resolvePath(byKey, object, of);
    return found ? found.fields.map((field) => label(field.label)).join(t("sentence.hop")) : of;
  };
  const range = (key: string, of: Field | undefined): string => {
    const [low, high] = endsOf(key);
    const text = (end: number) => (of?.type === "money" ? format.moneyShort(end) : format.compact(end));
    if (low === null) return t("report.below", { n: text(high ?? 0) });
    return high === null ? t("report.from", { n: text(low) }) : `${text(low)} – ${text(high)}`;
  };
  const head = (of: Head, by: GroupBy | undefined): string => {
    if (of.others) return t("report.others");
    if (of.key === null || by === undefined) return t("groups.empty");
    if (by.bucket === RANGE) return range(String(of.key), fieldAt(by.field));
    if (by.bucket) return periodText(String(of.key), by.bucket);
    if (typeof of.key === "boolean") return t(of.key ? "sentence.yes" : "sentence.no");
    return typeof of.label === "object" && of.label !== null ? label(of.label as Label) : String(of.label ?? of.key);
  };
  const plain = ({ op, field }: MeasurePart): string =>
    field ? t(`report.${op}`, { name: path(field) }) : t("report.count");
  const measure = (of: ReportMeasure): string => {
    const ratio = of.of && of.over ? `${plain(of.of)} ÷ ${plain(of.over)}` : undefined;
    const name = label(of.name) || ratio || (of.op === "ratio" ? "" : plain({ op: of.op, field: of.field }));
    return of.show === "value" ? name : t(`report.as_${of.show}`, { name });
  };
  /** A figure in words: all its digits, or short for an axis. */
  const write = (of: ReportMeasure, value: number | null | undefined, short = false): string => {
    if (value === null || value === undefined) return "–";
    if (of.show === "share" || of.show === "growth") return format.percent(value, 1);
    if (of.percent) return format.percent(value * 100, short ? 0 : 1);
    const measured = of.of && of.over?.op === "count" ? of.of : of;
    const field = fieldAt(measured.field);
    if (of.op === "count" || of.op === "distinct") return short ? format.compact(value) : format.number(value);
    if (field?.type === "money") return short ? format.moneyShort(value) : format.money(value);
    if (field?.type === "percent") return format.percent(value, short ? 0 : 1);
    return short ? format.compact(value) : format.number(value, Number.isInteger(value) ? undefined : 2);
  };
  /** What stands over a cell. */
  const column = (of: Figure, how: Compare["how"] | undefined): string => {
    if (of.as === "value") return measure(of.measure);
    return of.as === "before" ? t(`report.before_${how ?? "previous"}`) : t(`report.${of.as}`);
  };

  /** What stands in it: a difference with its sign, one of percentages in points. */
  const cell = (of: Figure, value: number | null): string => {
    if (value === null || of.as === "value") return write(of.measure, value);
    const plain: ReportMeasure = { ...of.measure, show: "value" };
    if (of.as === "before") return write(plain, value);
    if (of.as === "reached") return format.percent(value, 1);
    const sign = value > 0 ? "+" : value < 0 ? "−" : "";
    if (of.as === "changed") return sign + format.percent(Math.abs(value), 1);
    if (plain.percent) return sign + t("report.points", { n: format.number(Math.abs(value) * 100, 1) });
    return sign + write(plain, Math.abs(value));
  };

  return { head, measure, write, path, column, cell };
}
