/** Which records a rollup can sum up, and which of their fields an operation takes. */
import type { Field, ObjectSchema } from "@/api/types";

export const OPS = ["count", "sum", "avg", "min", "max", "first", "last", "joined"] as const;
export type Op = (typeof OPS)[number];
export const ORDERED: ReadonlySet<Op> = new Set<Op>(["first", "last", "joined"]);

const BY_MEASURE: ReadonlySet<Op> = new Set<Op>(["sum", "avg", "min", "max"]);
const NO_VALUE = new Set(["links", "sub_table", "file", "files", "image"]);
const NO_TEXT = new Set(["link", "user", "team", "address", "location", "multi_select", "tags", "json"]);

export interface Source {
  object: ObjectSchema;
  field: Field;
}

/** The objects with a field that links to one record of this object. */
export const sourcesOf = (objects: readonly ObjectSchema[], objectKey: string): Source[] =>
  objects.flatMap((object) =>
    object.fields
      .filter((field) => field.type === "link" && field.target === objectKey && isStored(field))
      .map((field) => ({ object, field })),
  );

const isStored = (field: Field): boolean => !field.declared || field.declared === field.type;

/** The server decides; this only leaves out what it would refuse for certain. */
export function fits(op: Op, field: Field): boolean {
  if (NO_VALUE.has(field.type) || field.declared === "lookup") return false;
  if (BY_MEASURE.has(op)) return field.measures.includes(op);
  return op !== "joined" || !NO_TEXT.has(field.type);
}
