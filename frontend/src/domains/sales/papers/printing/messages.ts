import { defineMessages } from "@/i18n/messages";

const zh = {
  title: "打印模板",
  body: "报价单和合同打印成 PDF 时的样子。模板用 Typst 写成，改公司抬头、颜色、条款位置都在这里；改坏了保存不上，随时可以恢复标准模板。",
  object: "单据",
  source: "模板",
  changed: "已修改",
  standard: "标准模板",
  look: "预览",
  language: "预览语言",
  save: "保存",
  saved: "已保存",
  reset: "恢复标准模板",
  reset_ask: "恢复标准模板？",
  reset_body: "现在的修改会丢掉。",
  page: "第 {{n}} 页",
  guide: "Typst 语法",
  unsaved: "有改动还没保存",
} as const;

const en = {
  title: "Print templates",
  body: "How quotes and contracts look as PDF. Templates are written in Typst: firm details, colours and the place of the terms are changed here. What does not print is not saved, and the standard template is never gone.",
  object: "Paper",
  source: "Template",
  changed: "Changed",
  standard: "Standard",
  look: "Preview",
  language: "Language of the preview",
  save: "Save",
  saved: "Saved",
  reset: "Back to the standard",
  reset_ask: "Go back to the standard template?",
  reset_body: "What was changed is lost.",
  page: "Page {{n}}",
  guide: "Typst reference",
  unsaved: "Not saved yet",
} as const;

export const { useT } = defineMessages("printing", zh, en);
