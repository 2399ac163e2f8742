/**
 * Field paths: `industry`, `customer.industry`, up to three relations deep.
 */
import type { Field, ObjectSchema } from "@/api/types";
import { fieldOf } from "@/api/useSchema";

export const MAX_HOPS = 3;

export type ObjectMap = ReadonlyMap<string, ObjectSchema>;

export interface ResolvedPath {
  /** Every field along the way; the last is the one compared. */
  fields: Field[];
  field: Field;
}

export function resolvePath(objects: ObjectMap, object: ObjectSchema, path: string): ResolvedPath | undefined {
  const fields: Field[] = [];
  let here: ObjectSchema | undefined = object;
  for (const key of path.split(".")) {
    const field: Field | undefined = here && fieldOf(here, key);
    if (!field) return undefined;
    fields.push(field);
    here = field.target ? objects.get(field.target) : undefined;
  }
  const field = fields[fields.length - 1];
  return field && fields.length - 1 <= MAX_HOPS ? { fields, field } : undefined;
}

/** The objects one can step into from a path, or undefined at the last hop. */
export function nextObject(objects: ObjectMap, field: Field, hops: number): ObjectSchema | undefined {
  if (hops >= MAX_HOPS || field.type !== "link" || !field.target) return undefined;
  return objects.get(field.target);
}

export function filterable(field: Field): boolean {
  return field.operators.length > 0;
}
