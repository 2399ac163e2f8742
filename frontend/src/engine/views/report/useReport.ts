import { useMemo } from "react";
import type { Bucket, GroupQuery, ObjectSchema, ReportMeasure } from "@/api/types";
import type { GroupBy } from "../group-filter";
import { useReportGroups } from "../table/useRecords";
import { aliasOf, type Matrix, matrixOf } from "./matrix";
import { fieldOf } from "./names";

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
  const found = useReportGroups(object.key, {
    filter: asked.filter,
    q: asked.q || undefined,
    group: groups.map((by) => (by.bucket ? { field: by.field, bucket: by.bucket as Bucket } : by.field)),
    measures: measures.map(({ op, field }, at) => ({ op, ...(field ? { field } : {}), as: aliasOf(at) })),
    totals: true,
    limit: MOST_GROUPS,
  });
  const matrix = useMemo((): Matrix | undefined => {
    if (!found.data) return undefined;
    const options = groups.map((by) =>
      by.bucket ? undefined : fieldOf(object, by.field)?.options?.map((option) => option.value),
    );
    return matrixOf(found.data.data, found.data.totals ?? [], { groups, measures, options, top });
  }, [found.data, groups, measures, object, top]);
  return { ...found, matrix, whole: found.data?.page.count?.exact ?? true };
}
