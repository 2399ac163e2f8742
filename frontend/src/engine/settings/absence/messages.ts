import { defineMessages } from "@/i18n/messages";

const zh = {
  title: "休假代理",
  body: "不在的时候，请一位同事代你看或处理你名下的记录。到期自动结束。",
  body_all: "谁在代谁。可以替不在的同事安排。",
  none: "现在没有代理",
  from: "谁不在",
  to: "谁来代",
  when: "从哪天到哪天",
  level: "可以做什么",
  levels: { read: "只看", edit: "看和改" },
  add: "安排代理",
  for_me: "你不在时由 {{to}} 代理",
  by_me: "你正在代理 {{from}}",
  other: "{{to}} 代理 {{from}}",
  span: "{{from}} 至 {{to}}",
  later: "还没开始",
  end: "结束",
  end_ask: "现在就结束这次代理？",
  saved: "已安排",
  mine: "我自己",
} as const;

const en = {
  title: "While I am away",
  body: "Let a colleague see or handle what you own while you are away. It ends by itself.",
  body_all: "Who stands in for whom. You can arrange it for somebody who is away.",
  none: "Nobody stands in for anybody now",
  from: "Who is away",
  to: "Who stands in",
  when: "From and to",
  level: "They may",
  levels: { read: "see", edit: "see and edit" },
  add: "Arrange",
  for_me: "{{to}} stands in for you",
  by_me: "You stand in for {{from}}",
  other: "{{to}} stands in for {{from}}",
  span: "{{from}} to {{to}}",
  later: "not begun",
  end: "End",
  end_ask: "End this now?",
  saved: "Arranged",
  mine: "Myself",
} as const;

export const { useT } = defineMessages("absence", zh, en);
