import { useMemo } from "react";
import type { Compare, GroupQuery, GroupRow, ObjectSchema, ReportMeasure } from "@/api/types";
import type { GroupBy } from "../group-filter";
import { useCountedReport } from "../table/useRecords";
import { type Matrix, matrixOf } from "./matrix";
import { type FieldAt, useFieldAt } from "./names";

export interface ReportQuery {
  filter: GroupQuery["filter"];
  q?: string;
  groups: GroupBy[];
  measures: ReportMeasure[];
  top: number | null;
  compare: Compare | null;
}

/** The figures of a report, counted by the server: undefined while they are on their way. */
export function useReport(object: ObjectSchema, asked: ReportQuery) {
  const { groups, measures, top, compare } = asked;
  const fieldAt = useFieldAt(object);
  const found = useCountedReport(object.key, {
    definition: { filter: asked.filter, groups, measures, compare },
    q: asked.q || undefined,
  });
  const matrix = useMemo(
    () => found.data && matrixFor(fieldAt, { groups, measures, top, compare }, found.data.data, found.data.totals),
    [found.data, groups, measures, fieldAt, top, compare],
  );
  return { ...found, matrix };
}

/** Counted groups as the rows and columns of a report. */
export function matrixFor(
  fieldAt: FieldAt,
  { groups, measures, top, compare }: Pick<ReportQuery, "groups" | "measures" | "top" | "compare">,
  data: GroupRow[],
  totals: GroupRow[],
): Matrix {
  const options = groups.map((by) =>
    by.bucket ? undefined : fieldAt(by.field)?.options?.map((option) => option.value),
  );
  return matrixOf(data, totals, { groups, measures, options, top, compare });
}
