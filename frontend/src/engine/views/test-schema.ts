/** A small schema for tests: two objects that know each other. */
import type { Field, ObjectSchema } from "@/api/types";

export function aField(key: string, type: string, zh: string, en: string, more: Partial<Field> = {}): Field {
  return {
    key,
    type,
    label: { "zh-CN": zh, en },
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
    in_list: true,
    in_create: true,
    position: 0,
    options: null,
    target: null,
    config: {},
    operators: ["is"],
    sortable: true,
    groupable: false,
    measures: [],
    ...more,
  };
}

export function anObject(key: string, zh: string, en: string, fields: Field[]): ObjectSchema {
  return {
    key,
    label: { "zh-CN": zh, en },
    label_plural: { "zh-CN": zh, en },
    icon: "box",
    color: null,
    group: "sales",
    custom: false,
    title_field: "name",
    position: 0,
    timeline: false,
    board_fields: [],
    fields,
    sections: [],
    related: [],
    actions: [],
    can: { create: true, edit: true, delete: true, import: true, export: true, bulk: true },
  };
}

const industry = aField("industry", "select", "行业", "Industry", {
  options: [
    { value: "education", label: { "zh-CN": "教育", en: "Education" } },
    { value: "metal", label: { "zh-CN": "五金", en: "Hardware" } },
  ],
});

export const customer = anObject("customer", "客户", "customers", [
  aField("name", "text", "客户名称", "Name"),
  aField("owner", "user", "负责人", "Owner"),
  aField("created_at", "datetime", "建档", "Created"),
  aField("next_contact_at", "datetime", "下次联系", "Next contact"),
  aField("revenue", "money", "收入", "Revenue"),
  industry,
  aField("parent", "link", "上级客户", "Parent", { target: "customer" }),
]);

export const opportunity = anObject("opportunity", "商机", "opportunities", [
  aField("name", "text", "商机名称", "Name"),
  aField("customer", "link", "客户", "Customer", { target: "customer" }),
]);

export const objects: ReadonlyMap<string, ObjectSchema> = new Map([
  ["customer", customer],
  ["opportunity", opportunity],
]);
