import { defineMessages } from "@/i18n/messages";

const zh = {
  title: "日历订阅",
  body: "把你的日程、有截止时间的任务和该联系的客户，订阅到手机或电脑的日历里。地址只有你知道；别人拿到它就能看到这些内容，所以不要转发。",
  off: "还没有订阅地址",
  off_body: "生成一个地址，在日历程序里选「通过网址订阅」，粘贴进去。",
  create: "生成地址",
  on: "已启用，{{when}}生成",
  used: "日历程序最近一次读取：{{when}}",
  unused: "还没有日历程序读取过",
  renew: "换一个地址",
  renew_ask: "换地址后，旧地址马上失效。",
  end: "停用",
  end_ask: "停用后，已订阅的日历不再更新。",
  once: "地址只显示这一次，请现在复制。",
  address: "订阅地址",
  copy: "复制",
} as const;

const en = {
  title: "Calendar feed",
  body: "Your events, tasks with a date and whom to contact, in the calendar of your phone or computer. Whoever has the address can read these: do not pass it on.",
  off: "No feed yet",
  off_body: "Make an address, then choose “subscribe by URL” in your calendar and paste it there.",
  create: "Make an address",
  on: "On, made {{when}}",
  used: "A calendar last read it {{when}}",
  unused: "No calendar has read it yet",
  renew: "New address",
  renew_ask: "The old address stops working at once.",
  end: "End",
  end_ask: "Calendars that subscribed are not updated any more.",
  once: "The address is shown this once: copy it now.",
  address: "Address",
  copy: "Copy",
} as const;

export const { useT } = defineMessages("calendar-feed", zh, en);
