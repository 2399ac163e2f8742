import { useMemo } from "react";
import type { Bucket, GroupQuery, GroupRow, ObjectSchema, ReportMeasure } from "@/api/types";
import type { GroupBy } from "../group-filter";
import { useReportGroups } from "../table/useRecords";
import { aliasOf, type Matrix, matrixOf } from "./matrix";
import { type FieldAt, useFieldAt } from "./names";

const MOST_GROUPS = 1000;

export interface ReportQuery {
  filter: GroupQuery["filter"];
  q?: string;
  groups: GroupBy[];
  measures: ReportMeasure[];
  top: number | null;
}

/** The figures of a report, counted by the server: undefined while they are on their way. */
export function useReport(object: ObjectSchema, asked: ReportQuery) {
  const { groups, measures, top } = asked;
  const fieldAt = useFieldAt(object);
  const found = useReportGroups(object.key, {
    filter: asked.filter,
    q: asked.q || undefined,
    group: groups.map(({ field, bucket, edges }) =>
      bucket ? { field, bucket: bucket as Bucket, ...(edges ? { edges } : {}) } : field,
    ),
    measures: measures.map(({ show, percent, name, ...counted }, at) => ({ ...counted, as: aliasOf(at) })),
    totals: true,
    limit: MOST_GROUPS,
  });
  const matrix = useMemo(
    () => found.data && matrixFor(fieldAt, { groups, measures, top }, found.data.data, found.data.totals ?? []),
    [found.data, groups, measures, fieldAt, top],
  );
  return { ...found, matrix, whole: found.data?.page.count?.exact ?? true };
}

/** Counted groups as the rows and columns of a report. */
export function matrixFor(
  fieldAt: FieldAt,
  { groups, measures, top }: Pick<ReportQuery, "groups" | "measures" | "top">,
  data: GroupRow[],
  totals: GroupRow[],
): Matrix {
  const options = groups.map((by) =>
    by.bucket ? undefined : fieldAt(by.field)?.options?.map((option) => option.value),
  );
  return matrixOf(data, totals, { groups, measures, options, top });
}
