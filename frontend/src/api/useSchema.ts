import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "./http";
import { keys } from "./keys";
import type { Field, ObjectSchema, Schema } from "./types";

/** The objects of the workspace. Kept until the stream says that the schema's version moved. */
export const schemaQuery = queryOptions({
  queryKey: keys.schema,
  queryFn: ({ signal }) => api.get<Schema>("/meta/objects", { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export interface SchemaView {
  version: number;
  objects: ObjectSchema[];
  byKey: ReadonlyMap<string, ObjectSchema>;
}

const views = new WeakMap<Schema, SchemaView>();

function viewOf(schema: Schema): SchemaView {
  let view = views.get(schema);
  if (!view) {
    const objects = [...schema.data].sort((a, b) => a.position - b.position);
    view = { version: schema.version, objects, byKey: new Map(objects.map((object) => [object.key, object])) };
    views.set(schema, view);
  }
  return view;
}

/** Only behind sign-in: the shell waits for the schema before it renders a page. */
export function useSchema(): SchemaView {
  const { data } = useQuery(schemaQuery);
  if (!data) throw new Error("useSchema outside of the signed-in part");
  return viewOf(data);
}

/** One object, or undefined where it does not exist (or may not be seen). */
export function useObject(key: string | undefined): ObjectSchema | undefined {
  return useSchema().byKey.get(key ?? "");
}

export function fieldOf(object: ObjectSchema | undefined, key: string): Field | undefined {
  return object?.fields.find((field) => field.key === key);
}
