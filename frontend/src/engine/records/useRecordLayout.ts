import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { ObjectSchema, RecordData, ShownLayout } from "@/api/types";

interface Answer extends ShownLayout {
  /** Fields that rules hide on this record, and those that nobody may type into now. */
  hidden: string[];
  locked: string[];
}

/** The page layout of a record and what rules do on it; nothing is asked where an object has neither. */
export function useRecordLayout(object: ObjectSchema, record: RecordData) {
  const wanted = Boolean(object.has_rules || object.has_layouts?.includes("page"));
  const { data, isPending } = useQuery({
    queryKey: keys.layout(object.key, record.id, record.version, "page"),
    queryFn: ({ signal }) =>
      api.get<Answer>(`/meta/objects/${object.key}/layout`, { query: { kind: "page", record: record.id }, signal }),
    enabled: wanted,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return { layout: data, waiting: wanted && isPending };
}
