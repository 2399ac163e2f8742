import { defineMessages } from "@/i18n/messages";

const zh = {
  title: "历任负责人",
  more: "全部 {{n}} 条",
  less: "收起",
  nobody: "无人",
  someone: "系统",
  claim: "{{to}} 从公海「{{pool}}」领取",
  hand_out: "{{actor}} 从公海「{{pool}}」分配给 {{to}}",
  return: "{{from}} 退回公海「{{pool}}」",
  recycle: "从 {{from}} 回收到公海「{{pool}}」",
  create: "{{to}} 开始负责",
  given: "{{actor}} 交给 {{to}}",
  taken: "{{actor}} 取消了负责人 {{from}}",
} as const;

const en = {
  title: "Owners so far",
  more: "All {{n}}",
  less: "Fewer",
  nobody: "nobody",
  someone: "The program",
  claim: "{{to}} claimed it from “{{pool}}”",
  hand_out: "{{actor}} handed it out from “{{pool}}” to {{to}}",
  return: "{{from}} returned it to “{{pool}}”",
  recycle: "Recycled from {{from}} to “{{pool}}”",
  create: "{{to}} was the first",
  given: "{{actor}} gave it to {{to}}",
  taken: "{{actor}} took it from {{from}}",
} as const;

export const { useT } = defineMessages("pool-owners", zh, en);
