/** The ways to look at an object's records, and which of them its fields allow. */
import type { Field, ObjectSchema, SavedView } from "@/api/types";

export type ViewKind = SavedView["kind"];

export const KINDS: readonly ViewKind[] = ["table", "board", "calendar", "gallery", "regions", "report"];

export const isDated = (field: Field): boolean => field.buckets?.includes("day") ?? false;
export const isAddress = (field: Field): boolean => field.buckets?.includes("province") ?? false;
export const isPicture = (field: Field): boolean => field.type === "image";

/** What a board can have columns of: the object's own choice first, then options, people and links. */
export function boardChoices(object: ObjectSchema): Field[] {
  const own = object.board_fields.flatMap((key) => object.fields.find((field) => field.key === key) ?? []);
  const other = object.fields.filter(
    (field) =>
      !own.includes(field) &&
      field.groupable &&
      !field.key.endsWith("_by") &&
      (field.type === "select" || ((field.type === "user" || field.type === "link") && field.readonly === false)),
  );
  return [...own, ...other];
}

export function kindsOf(object: ObjectSchema): ViewKind[] {
  const dated = object.fields.some((field) => isDated(field) && !field.system);
  return KINDS.filter((kind) => {
    if (kind === "board") return object.board_fields.length > 0;
    if (kind === "calendar") return dated;
    if (kind === "gallery") return object.fields.some(isPicture) || object.custom;
    return kind !== "regions" || object.fields.some(isAddress);
  });
}

/** The field that a view of this kind is laid out by, unless it says otherwise. */
export function layoutField(object: ObjectSchema, kind: ViewKind, wanted: string | null | undefined): string | null {
  const fits = {
    board: boardChoices(object),
    calendar: object.fields.filter(isDated),
    regions: object.fields.filter(isAddress),
  };
  const offered = kind in fits ? fits[kind as keyof typeof fits] : [];
  const chosen = offered.find((field) => field.key === wanted) ?? offered.find((field) => !field.system) ?? offered[0];
  return chosen?.key ?? null;
}
