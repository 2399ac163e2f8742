/**
 * An action's input as fields, so that the same editors ask for it. Servers give `fields`; a plain JSON Schema is read
 * as far as forms go.
 */
import type { ActionSchema, Field, Label } from "@/api/types";
import { actionFields } from "../meta";

interface Property {
  type?: string;
  title?: string | Label;
  description?: string;
  enum?: unknown[];
  format?: string;
  default?: unknown;
}

export function inputFields(action: ActionSchema): Field[] {
  const given = actionFields(action);
  if (given) return given;
  const schema = action.input as { properties?: Record<string, Property>; required?: string[] };
  return Object.entries(schema.properties ?? {}).map(([key, property]) =>
    fieldOf(key, property, schema.required?.includes(key) ?? false),
  );
}

function fieldOf(key: string, property: Property, required: boolean): Field {
  const title = property.title ?? key;
  const label = typeof title === "string" ? { "zh-CN": title, en: title } : title;
  const options = property.enum?.map((value) => ({
    value: String(value),
    label: { "zh-CN": String(value), en: String(value) },
  }));
  return {
    key,
    type: typeOf(property),
    label,
    help: property.description ? { "zh-CN": property.description, en: property.description } : null,
    required,
    unique: false,
    indexed: false,
    searchable: false,
    readonly: false,
    system: false,
    custom: false,
    section: null,
    default: property.default ?? null,
    in_list: false,
    in_create: true,
    position: 0,
    options: options ?? null,
    target: null,
    config: {},
    operators: [],
    sortable: false,
    groupable: false,
    measures: [],
  };
}

function typeOf(property: Property): Field["type"] {
  if (property.enum) return "select";
  if (property.type === "boolean") return "boolean";
  if (property.type === "number" || property.type === "integer")
    return property.type === "integer" ? "number" : "decimal";
  if (property.format === "date") return "date";
  if (property.format === "date-time") return "datetime";
  if (property.format === "email") return "email";
  return "text";
}
