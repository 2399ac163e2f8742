import { defineMessages } from "@/i18n";

const zh = {
  path: "引用哪个字段",
  choose: "先选关联，再选那边的字段",
  help: "显示关联记录上的字段，只读，随那条记录变化；看不到那条记录的人看到的是空的。",
  no_links: "这个对象还没有指向单条记录的关联字段，先加一个关联。",
} as const;

const en = {
  path: "Field to show",
  choose: "Choose a link, then a field over there",
  help: "A field of the linked record, read-only; it changes with that record, and is empty for whoever may not see it.",
  no_links: "This object has no field that links to one record yet. Add a link first.",
} as const;

export const { useT } = defineMessages("lookup-config", zh, en);
