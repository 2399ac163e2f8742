import { defineMessages } from "@/i18n";

const zh = {
  help: "明细的列是明细对象的字段：保存后在那里添加，任何类型都可以，包括公式和引用。合计用汇总字段。",
  columns: "设置「{{name}}」的列",
} as const;

const en = {
  help: "The columns are the fields of the object of lines: add them there once this is saved, of any type, formulas and lookups included. Totals are rollups.",
  columns: "Set up the columns of “{{name}}”",
} as const;

export const configMessages = defineMessages("sub-table-config", zh, en);
