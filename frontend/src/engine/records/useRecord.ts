import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { RecordData } from "@/api/types";
import { patchRecord } from "./cache";

export function useRecord(object: string, id: string | null | undefined, seen?: RecordData) {
  return useQuery({
    queryKey: keys.record(object, id ?? ""),
    queryFn: ({ signal }) => api.get<RecordData>(`/${object}/${id}`, { signal }),
    enabled: Boolean(object && id),
    // What the list knows is shown at once; the whole record follows.
    placeholderData: seen,
  });
}

export type Values = Record<string, unknown>;

export interface Change {
  record: RecordData;
  values: Values;
}

/** Saves a change against the version one has seen. On screen at once, taken back when it is refused. */
export function useUpdateRecord(object: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ record, values }: Change) =>
      api.patch<RecordData>(`/${object}/${record.id}`, writable(values), { version: record.version }),
    onMutate: ({ record, values }) => patchRecord(client, object, record.id, (seen) => ({ ...seen, ...values })),
    onError: (_error, { record, values }) =>
      patchRecord(client, object, record.id, (seen) => ({ ...seen, ...pick(record, Object.keys(values)) })),
    onSuccess: (saved) => {
      patchRecord(client, object, saved.id, (seen) => ({ ...seen, ...saved }));
      void client.invalidateQueries({ queryKey: [...keys.records(object), "groups"] });
      void client.invalidateQueries({ queryKey: keys.timeline(object, saved.id).slice(0, 4) });
      void client.invalidateQueries({ queryKey: keys.history(object, saved.id) });
    },
  });
}

export function useCreateRecord(object: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ values, key }: { values: Values; key?: string }) =>
      api.post<RecordData>(`/${object}`, writable(values), { idempotencyKey: key }),
    onSuccess: (saved) => {
      client.setQueryData(keys.record(object, saved.id), saved);
      void client.invalidateQueries({ queryKey: keys.records(object) });
      // What is written about a record stands in its timeline, and may move its dates of contact.
      void client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === "records" && isOpened(queryKey[2]),
      });
    },
  });
}

const isOpened = (kind: unknown): boolean => kind === "timeline" || kind === "one";

function pick(record: RecordData, fields: readonly string[]): Partial<RecordData> {
  return Object.fromEntries(fields.map((field) => [field, record[field]]));
}

/** Links, people and files are sent by their id; all else as it is. */
export function writable(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, writeValue(value)]));
}

function writeValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(writeValue);
  // A line goes back as it was shown.
  if (typeof value === "object" && value !== null && "version" in value) return value;
  if (typeof value === "object" && value !== null && typeof (value as { id?: unknown }).id === "string") {
    return (value as { id: string }).id;
  }
  return value ?? null;
}
