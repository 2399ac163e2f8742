import { defineMessages } from "@/i18n/messages";

const zh = {
  title: "参加人",
  ask: "邀请",
  ask_title: "邀请参加",
  of_customer: "客户这边",
  customer_placeholder: "选择联系人",
  none_known: "这个日程没有关联有邮箱的联系人、客户或线索。可以先补上邮箱，或只邀请同事。",
  colleagues: "同事",
  told: "对方会收到一封带日历邀请的邮件，里面只有主题、时间和地点，没有「内容」里写的话。以后改时间、地点或取消，会自动通知对方。",
  here: "对方在邮件或日历里点「接受」「拒绝」，结果会回到这里，并通知你。",
  elsewhere: "系统没有设置收信箱，对方的答复会直接发到你的邮箱，不会显示在这里。",
  send: "发送邀请",
  sent: "邀请已发出",
  again: "再邀请一次",
  withdraw: "取消邀请",
  withdraw_ask: "取消对{{name}}的邀请？对方会收到通知。",
  withdrawn: "已取消邀请",
  hidden: "看不到的人",
  states: { asked: "未答复", accepted: "接受", tentative: "待定", declined: "拒绝", withdrawn: "已取消" },
  more: "{{name}} 的更多操作",
} as const;

const en = {
  title: "Guests",
  ask: "Invite",
  ask_title: "Invite people",
  of_customer: "At the customer",
  customer_placeholder: "Choose people",
  none_known: "No contact, customer or lead of this event has an address. Add one, or invite colleagues only.",
  colleagues: "Colleagues",
  told: "They get a mail with an invitation for their calendar: subject, time and place, never what is written under “Details”. If time or place change or it is cancelled, they are told.",
  here: "When they accept or decline in their mail or calendar, you are told and it shows here.",
  elsewhere: "No mailbox is set up here: their answers go to your own address and do not show here.",
  send: "Send invitations",
  sent: "Invitations sent",
  again: "Invite again",
  withdraw: "Withdraw invitation",
  withdraw_ask: "Withdraw the invitation of {{name}}? They will be told.",
  withdrawn: "Invitation withdrawn",
  hidden: "Somebody you cannot see",
  states: {
    asked: "No answer yet",
    accepted: "Accepted",
    tentative: "Maybe",
    declined: "Declined",
    withdrawn: "Withdrawn",
  },
  more: "More for {{name}}",
} as const;

export const { useT } = defineMessages("event-guests", zh, en);
