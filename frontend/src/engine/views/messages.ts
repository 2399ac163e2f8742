import { defineMessages, type Translate } from "@/i18n";
import { en } from "./locales/en";
import { zhCN } from "./locales/zh-CN";

export const { useT, t } = defineMessages("views", zhCN, en);
export type ViewsT = Translate<typeof zhCN>;
