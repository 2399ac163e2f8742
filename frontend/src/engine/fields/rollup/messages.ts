import { defineMessages } from "@/i18n";

const zh = {
  source: "汇总哪些记录",
  source_hint: "{{object}}（通过「{{link}}」）",
  none: "还没有对象关联到这里。先在另一个对象上加一个指向它的关联字段。",
  op: "怎样汇总",
  count: "计数",
  sum: "求和",
  avg: "平均",
  min: "最小 / 最早",
  max: "最大 / 最晚",
  first: "第一条的值",
  last: "最后一条的值",
  joined: "连成一段文字",
  measure: "汇总哪个字段",
  order: "按什么排先后",
  order_default: "按创建先后",
  separator: "分隔符",
  filter: "只统计符合条件的",
  filter_all: "不设条件时统计全部。相对日期每天零点后重算。",
  help: "统计全部记录，不论谁在看；明细一改，这里同时更新。",
} as const;

const en = {
  source: "Records to sum up",
  source_hint: "{{object}} (by “{{link}}”)",
  none: "No object links here yet. Add a link to it on another object first.",
  op: "Rollup",
  count: "Count",
  sum: "Sum",
  avg: "Average",
  min: "Smallest / earliest",
  max: "Largest / latest",
  first: "Value of the first",
  last: "Value of the last",
  joined: "Joined as text",
  measure: "Field",
  order: "In the order of",
  order_default: "When they were created",
  separator: "Separator",
  filter: "Only those that match",
  filter_all: "All of them without a condition. Relative dates are computed anew after midnight.",
  help: "All records count, whoever looks. The figure changes together with the records.",
} as const;

export const { useT } = defineMessages("rollup-config", zh, en);
