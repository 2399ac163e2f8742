import { useLocale } from "@/i18n/useLabel";

/** What stands between two facts on a line: Chinese sets the dot without spaces. */
export const useDot = () => (useLocale() === "zh-CN" ? "·" : " · ");
