import type { Field, ObjectSchema } from "@/api/types";
import { useMe } from "@/api/useMe";
import { useObject } from "@/api/useSchema";
import { listPath } from "../records/paths";

const person = (key: string, zh: string, en: string, more: Partial<Field> = {}): Field => ({
  key,
  type: "text",
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
  operators: [],
  sortable: false,
  groupable: false,
  measures: [],
  ...more,
});

/** People are no records, but come in spreadsheets all the same: `member` of the import's API. */
const PEOPLE: ObjectSchema = {
  key: "member",
  label: { "zh-CN": "成员", en: "Member" },
  label_plural: { "zh-CN": "成员", en: "Members" },
  icon: "users",
  color: null,
  group: "other",
  custom: false,
  title_field: "name",
  position: 0,
  timeline: false,
  board_fields: [],
  fields: [
    person("name", "姓名", "Name", { required: true }),
    person("email", "邮箱", "E-mail", { type: "email" }),
    person("team", "部门", "Team"),
    person("manager", "上级", "Manager"),
    person("role", "角色", "Role"),
  ],
  sections: [],
  related: [],
  actions: [],
  can: { create: false, edit: false, delete: false, import: true, export: false, bulk: false },
};

/** What an import writes: an object of the workspace, or its people for those who look after them. */
export function useImportable(key: string | undefined): ObjectSchema | undefined {
  const object = useObject(key);
  const { can } = useMe();
  return key === PEOPLE.key ? (can.members ? PEOPLE : undefined) : object;
}

/** Where what was imported is to be seen. */
export const importedPath = (object: ObjectSchema): string =>
  object.key === PEOPLE.key ? "/settings/members" : listPath(object.key);
