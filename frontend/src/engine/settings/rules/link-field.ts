import type { Field, ObjectSchema } from "@/api/types";

/** A field that holds one record of an object: to choose what something is tried on. */
export function linkField(object: ObjectSchema, name: string): Field {
  return {
    key: "record",
    type: "link",
    label: { "zh-CN": name, en: name },
    help: null,
    required: false,
    unique: false,
    indexed: false,
    searchable: false,
    readonly: false,
    system: false,
    custom: false,
    section: null,
    default: null,
    in_list: false,
    in_create: false,
    position: 0,
    options: null,
    target: object.key,
    config: {},
    operators: [],
    sortable: false,
    groupable: false,
    measures: [],
  };
}
