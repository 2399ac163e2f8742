import { defineMessages } from "@/i18n/messages";

const zh = {
  title: "评论",
  write: "写评论，@ 提到同事",
  send: "发送",
  remove: "删除评论",
  removed: "已删除",
  add: "评论",
  none: "还没有评论",
} as const;

const en = {
  title: "Remarks",
  write: "Say something, @ calls a colleague",
  send: "Send",
  remove: "Delete the remark",
  removed: "Deleted",
  add: "Remark",
  none: "No remarks yet",
} as const;

export const { useT } = defineMessages("remarks", zh, en);
