export const zh = {
  title: "消息",
  bell: "消息",
  bellUnread: "消息，{{n}} 条未读",
  unreadOnly: "只看未读",
  all: "全部",
  unread: "未读",
  readAll: "全部标为已读",
  seeAll: "查看全部",
  empty: "没有新消息",
  emptyHint: "有人把客户分给你、导入跑完、任务到期时，会在这里告诉你。",
  more: "加载更多",
} as const;
