import { defineMessages } from "@/i18n";
import { en } from "./locales/en";
import { zhCN } from "./locales/zh-CN";

export const { useT } = defineMessages("dashboards", zhCN, en);
