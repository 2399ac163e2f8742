import { ConfigProvider } from "antd";
import enUS from "antd/es/locale/en_US";
import zhCN from "antd/es/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { type ReactNode, useEffect, useMemo } from "react";
import { useLocale } from "@/i18n";
import { componentDefaults, themeFor, useMediaQuery, useReducedMotion, useThemeChoice } from "@/kit";

/** Theme and language for Ant Design, dayjs and the document. */
export function Appearance({ children }: { children: ReactNode }) {
  const locale = useLocale();
  const choice = useThemeChoice();
  const systemDark = useMediaQuery("(prefers-color-scheme: dark)");
  const reducedMotion = useReducedMotion();
  const mode = choice === "system" ? (systemDark ? "dark" : "light") : choice;
  const theme = useMemo(() => themeFor(mode, reducedMotion), [mode, reducedMotion]);

  useEffect(() => {
    document.documentElement.dataset.theme = mode;
  }, [mode]);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  dayjs.locale(locale === "zh-CN" ? "zh-cn" : "en");

  return (
    <ConfigProvider theme={theme} locale={locale === "zh-CN" ? zhCN : enUS} {...componentDefaults}>
      {children}
    </ConfigProvider>
  );
}
