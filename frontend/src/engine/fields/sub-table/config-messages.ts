import { defineMessages } from "@/i18n";

const zh = {
  help: "先保存，再设置明细有哪些列：和普通字段一样，什么类型都行，也可以用公式和引用。要合计，用「汇总」字段。",
  columns: "设置「{{name}}」的列",
} as const;

const en = {
  help: "Save this first, then set up the columns: any type of field, formulas and lookups included. For totals, add a rollup.",
  columns: "Set up the columns of “{{name}}”",
} as const;

export const configMessages = defineMessages("sub-table-config", zh, en);
