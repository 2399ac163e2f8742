import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { Field, FormState, ObjectSchema, RecordData } from "@/api/types";
import { useDebounced } from "../../fields/shared/useDebounced";
import { type Values, writable } from "../useRecord";

const PAUSE_MS = 120;

/**
 * What the rules make of what one has typed: asked of the server a moment after one stops, while the last answer stays.
 * Nothing is asked for objects without rules and layouts, and typing never waits.
 */
export function useFormState(
  object: ObjectSchema,
  values: Values,
  { record, open }: { record?: RecordData; open: boolean },
) {
  const ruled = Boolean(object.has_rules || object.has_layouts?.includes("form"));
  const given = Object.fromEntries(Object.entries(values).filter(([key]) => isGiven(object, key)));
  const asked = useDebounced(JSON.stringify(writable(given)), PAUSE_MS);
  const { data, isPending } = useQuery({
    queryKey: keys.draft(object.key, record?.id ?? "", record?.version ?? 0, asked),
    queryFn: ({ signal }) =>
      api.post<FormState>(
        `/${object.key}/draft`,
        { values: JSON.parse(asked), ...(record ? { record: record.id } : {}) },
        { signal },
      ),
    enabled: ruled && open,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });
  return { state: ruled ? data : undefined, asking: ruled && open && isPending };
}

const isGiven = (object: ObjectSchema, key: string): boolean =>
  object.fields.some((field) => field.key === key && !field.readonly && field.type !== "sub_table");

/** The field as the rules have it now: its options are those allowed, and the one that is chosen. */
export function ruledField(field: Field, state: FormState | undefined, value?: unknown): Field {
  const found = state?.fields[field.key];
  if (!found) return field;
  const chosen = new Set(Array.isArray(value) ? value : [value]);
  const options =
    found.options && field.options
      ? field.options.filter((option) => found.options?.includes(option.value) || chosen.has(option.value))
      : field.options;
  return { ...field, required: found.required, options };
}
