import { defineMessages } from "@/i18n";
import { en } from "./locales/en";
import { zhCN } from "./locales/zh-CN";

export const { useT, t } = defineMessages("formulas", zhCN, en);

type Key = Parameters<typeof t>[0];

/** What people call a type of result. */
export const typeName = (translate: typeof t, type: string): string => translate(`types.${type}` as Key);
