import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { Field, ObjectSchema, RecordData, ShownLayout } from "@/api/types";
import { fieldsOf, placed } from "./form/sections";

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

/** The fields that a record's page shows, in its order: those that the layout places, without those that rules hide. */
export function fieldsOnPage(object: ObjectSchema, layout: Answer | undefined): Field[] {
  const keep = (field: Field) => !layout?.hidden.includes(field.key);
  return layout?.id ? fieldsOf(placed(object, layout, keep)) : object.fields.filter(keep);
}
