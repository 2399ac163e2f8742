export const en = {
  title: "Messages",
  bell: "Messages",
  bellUnread: "Messages, {{n}} unread",
  unreadOnly: "Unread only",
  all: "All",
  unread: "Unread",
  readAll: "Mark all as read",
  seeAll: "See all",
  empty: "Nothing new",
  emptyHint: "When someone hands you a customer, an import ends or a task is due, you will read it here.",
  more: "Load more",
} as const;
