import { defineMessages } from "@/i18n/messages";

const zh = {
  card: "本阶段",
  checklist: "要做完的事",
  next: "进入「{{stage}}」还要填",
  back: { previous: "这个阶段只能退回一步", none: "这个阶段不能退回" },
  similar: "相似的赢单",
  took: "用了 {{n}} 天",
} as const;

const en = {
  card: "This stage",
  checklist: "To be done",
  next: "“{{stage}}” still needs",
  back: { previous: "From here it goes back by one stage only", none: "From here it does not go back" },
  similar: "Won deals like this",
  took: "took {{n}} days",
} as const;

export const { useT } = defineMessages("pipeline", zh, en);
