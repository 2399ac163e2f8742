/** How the rows, columns and figures of a report are called and written. */
import type { Field, Label, ObjectSchema, ReportMeasure } from "@/api/types";
import { useLabel } from "@/i18n";
import { useFormat } from "@/kit";
import { type GroupBy, periodText } from "../group-filter";
import { useT } from "../messages";
import type { Head } from "./matrix";

export const fieldOf = (object: ObjectSchema, path: string | null | undefined): Field | undefined =>
  object.fields.find((field) => field.key === path);

/** What a report can have rows and columns of. */
export const dimensionsOf = (object: ObjectSchema): Field[] =>
  object.fields.filter((field) => field.groupable || (field.buckets?.length ?? 0) > 0);

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
  const head = (of: Head, by: GroupBy | undefined): string => {
    if (of.others) return t("report.others");
    if (of.key === null || by === undefined) return t("groups.empty");
    if (by.bucket) return periodText(String(of.key), by.bucket);
    if (typeof of.key === "boolean") return t(of.key ? "sentence.yes" : "sentence.no");
    return typeof of.label === "object" && of.label !== null ? label(of.label as Label) : String(of.label ?? of.key);
  };
  const measure = (of: ReportMeasure): string => {
    const field = fieldOf(object, of.field);
    const name = field ? t(`report.${of.op}`, { name: label(field.label) }) : t("report.count");
    return of.show === "value" ? name : t(`report.as_${of.show}`, { name });
  };
  /** A figure in words: all its digits, or short for an axis. */
  const write = (of: ReportMeasure, value: number | null | undefined, short = false): string => {
    if (value === null || value === undefined) return "–";
    if (of.show === "share" || of.show === "growth") return format.percent(value, 1);
    const field = fieldOf(object, of.field);
    if (of.op === "count" || of.op === "distinct") return short ? format.compact(value) : format.number(value);
    if (field?.type === "money") return short ? format.moneyShort(value) : format.money(value);
    if (field?.type === "percent") return format.percent(value, short ? 0 : 1);
    return short ? format.compact(value) : format.number(value, Number.isInteger(value) ? undefined : 2);
  };
  return { head, measure, write };
}
