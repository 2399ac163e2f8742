import { defineMessages } from "@/i18n/messages";

const zh = {
  as_person: "正在以「{{name}}」的身份查看",
  as_roles: "正在以「{{name}}」的权限查看",
  only: "只能看，不能改",
  left: "还剩 {{n}} 分钟",
  end: "结束查看",
  begin: "以他的身份查看",
  begin_role: "以这个角色查看",
  ask: "以「{{name}}」的身份查看？",
  ask_body:
    "接下来 30 分钟，你看到的列表、记录和字段和 {{name}} 完全一样。只能看，什么都不会改；每一次查看都会连同两个人的名字记入审计。",
  ask_role: "以「{{name}}」的权限查看？",
  ask_role_body:
    "接下来 30 分钟，你按这个角色的权限看产品，「自己的记录」指你自己的。只能看，什么都不会改，并记入审计。",
  ok: "开始查看",
  cancel: "取消",
} as const;

const en = {
  as_person: "Looking as {{name}}",
  as_roles: "Looking with the rights of {{name}}",
  only: "nothing can be changed",
  left: "{{n}} min left",
  end: "End",
  begin: "Look as this person",
  begin_role: "Look with this role",
  ask: "Look as {{name}}?",
  ask_body:
    "For 30 minutes you see the lists, records and fields that {{name}} sees. You only look, nothing changes, and the audit keeps both names for all that is read.",
  ask_role: "Look with the rights of {{name}}?",
  ask_role_body:
    "For 30 minutes you see the product with this role; “own records” are your own. You only look, nothing changes, and the audit keeps it.",
  ok: "Begin",
  cancel: "Cancel",
} as const;

export const { useT } = defineMessages("viewing", zh, en);
