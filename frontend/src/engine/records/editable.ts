import type { Field, ObjectSchema } from "@/api/types";

export function isEditable(object: ObjectSchema, field: Field): boolean {
  return object.can.edit && !field.readonly && !field.system && field.type !== "serial";
}

/** Fields in the order and the sections of the object's layout. */
export function fieldsBySection(object: ObjectSchema, keep: (field: Field) => boolean) {
  const fields = [...object.fields].filter(keep).sort((a, b) => a.position - b.position);
  const known = new Set(object.sections.map((section) => section.key));
  const sections = object.sections.map((section) => ({
    ...section,
    fields: fields.filter((field) => field.section === section.key),
  }));
  const rest = fields.filter((field) => !field.section || !known.has(field.section));
  return [...sections, { key: "", label: null, fields: rest }].filter((section) => section.fields.length > 0);
}
