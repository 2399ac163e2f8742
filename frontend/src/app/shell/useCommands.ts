import {
  Activity,
  BarChart3,
  BookOpen,
  Building2,
  ClipboardCheck,
  FileChartColumn,
  History,
  House,
  Keyboard,
  Languages,
  LayoutDashboard,
  LogOut,
  MessageSquare,
  Moon,
  Plus,
  ScanText,
  SearchCheck,
  SlidersHorizontal,
  Sun,
  SunMoon,
} from "lucide-react";
import { useMemo } from "react";
import { useNavigate } from "react-router";
import { useMe } from "@/api";
import { useSignOut } from "@/engine/access/useSignOut";
import type { Command } from "@/engine/search/commands";
import { settingsSections } from "@/engine/settings/sections";
import { useSettingsText } from "@/engine/settings/useSettingsText";
import { useLabel } from "@/i18n";
import { objectIcon } from "@/kit";
import { appMessages } from "../locales";
import { useQuickCreate } from "./QuickCreate";
import { useAppearance } from "./useAppearance";
import { useNavObjects } from "./useNavObjects";

/** What ⌘K knows besides records: the pages one can go to and the things one can do. */
export function useCommands({ onShortcuts }: { onShortcuts: () => void }): Command[] {
  const t = appMessages.useT();
  const settingsText = useSettingsText();
  const label = useLabel();
  const navigate = useNavigate();
  const me = useMe();
  const groups = useNavObjects();
  const { objects: creatable, create } = useQuickCreate();
  const appearance = useAppearance();
  const signOut = useSignOut();
  // Rebuilt on every render of the frame would be wasteful; these are what the list depends on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `t`, `label` and the setters follow the language and the person
  return useMemo<Command[]>(() => {
    const go = (path: string) => () => void navigate(path);
    const pages: Command[] = [
      {
        id: "page:home",
        kind: "page",
        icon: House,
        title: t("nav.workbench"),
        words: "workbench home 工作台 gzt",
        run: go("/"),
      },
      ...groups.flatMap((group) =>
        group.objects.map(
          (object): Command => ({
            id: `page:${object.key}`,
            kind: "page",
            icon: objectIcon(object.icon, object.key),
            title: label(object.label_plural ?? object.label),
            hint: t(`group.${group.key}`),
            words: `${object.key} ${object.label["zh-CN"]} ${object.label.en} ${object.label_plural?.en ?? ""}`,
            run: go(`/o/${object.key}`),
          }),
        ),
      ),
      ...(creatable.some((object) => object.key === "contact")
        ? [
            {
              id: "page:scan-card",
              kind: "page" as const,
              icon: ScanText,
              title: t("customers.scan"),
              words: "scan business card 扫名片 名片 smp",
              run: go("/scan-card"),
            },
            {
              id: "page:company-lookup",
              kind: "page" as const,
              icon: Building2,
              title: t("customers.lookup"),
              words: "company lookup 查企业 工商 信用代码 cqy",
              run: go("/company-lookup"),
            },
          ]
        : []),
      {
        id: "page:duplicates",
        kind: "page",
        icon: SearchCheck,
        title: t("nav.duplicates"),
        words: "duplicates check 查重 撞单 cc",
        run: go("/tools/duplicates"),
      },
      {
        id: "page:dashboards",
        kind: "page",
        icon: LayoutDashboard,
        title: t("nav.dashboards"),
        words: "dashboards overview 仪表盘 概览 大屏 ybp dp",
        run: go("/dashboards"),
      },
      ...(groups.some((group) => group.objects.some((object) => object.key === "customer"))
        ? [
            {
              id: "page:insight",
              kind: "page" as const,
              icon: Activity,
              title: t("nav.insight"),
              words: "insight rfm clv churn lifecycle 洞察 客户价值 流失 dc",
              run: go("/insight"),
            },
          ]
        : []),
      {
        id: "page:reports",
        kind: "page",
        icon: FileChartColumn,
        title: t("nav.reports"),
        words: "reports charts analysis 报表 统计 图表 bb tj",
        run: go("/reports"),
      },
      {
        id: "page:performance",
        kind: "page",
        icon: BarChart3,
        title: t("nav.performance"),
        words: "performance targets leaderboard 业绩 目标 排行榜 yj mb",
        run: go("/performance"),
      },
      {
        id: "page:changes",
        kind: "page",
        icon: History,
        title: t("nav.changes"),
        words: "my changes undo 我的操作 撤销 wdcz cx",
        run: go("/changes"),
      },
      {
        id: "page:reviews",
        kind: "page",
        icon: ClipboardCheck,
        title: t("nav.reviews"),
        words: "reviews follow-ups team work report 跟进点评 日报 周报 gjdp rb zb",
        run: go("/reviews"),
      },
      {
        id: "page:messages",
        kind: "page",
        icon: MessageSquare,
        title: t("nav.messages"),
        words: "messages notifications 消息 通知 xx tz",
        run: go("/messages"),
      },
      ...settingsSections(me).map(
        (section): Command => ({
          id: `page:settings:${section.key}`,
          kind: "page",
          icon: section.icon ?? SlidersHorizontal,
          title: settingsText(`sections.${section.key}`),
          hint: t("nav.settings"),
          words: `settings 设置 ${section.key}`,
          run: go(`/settings/${section.key}`),
        }),
      ),
    ];
    const other = appearance.locale === "en" ? ("zh-CN" as const) : ("en" as const);
    const actions: Command[] = [
      ...creatable.map(
        (object): Command => ({
          id: `create:${object.key}`,
          kind: "action",
          icon: Plus,
          title: t("create.one", { object: label(object.label) }),
          words: `new create 新建 xj ${object.key} ${object.label["zh-CN"]} ${object.label.en}`,
          run: () => create(object.key),
        }),
      ),
      {
        id: "do:language",
        kind: "action",
        icon: Languages,
        // Named in the language one would switch to: whoever needs it can read it.
        title: other === "en" ? "Switch to English" : "切换到中文",
        words: "language 语言 yy english 中文",
        run: () => appearance.setLocale(other),
      },
      ...(["light", "dark", "system"] as const)
        .filter((theme) => theme !== appearance.theme)
        .map(
          (theme): Command => ({
            id: `do:theme:${theme}`,
            kind: "action",
            icon: theme === "light" ? Sun : theme === "dark" ? Moon : SunMoon,
            title: `${t("person.theme")} · ${t(`person.${theme}`)}`,
            words: `theme appearance 外观 主题 ${theme}`,
            run: () => appearance.setTheme(theme),
          }),
        ),
      {
        id: "do:keys",
        kind: "action",
        icon: Keyboard,
        title: t("keys.title"),
        words: "keyboard shortcuts help 快捷键 kjj",
        run: onShortcuts,
      },
      {
        id: "do:docs",
        kind: "action",
        icon: BookOpen,
        title: t("person.apiDocs"),
        words: "api docs 接口",
        run: () => window.open("/api/v1/docs", "_blank", "noopener"),
      },
      {
        id: "do:out",
        kind: "action",
        icon: LogOut,
        title: t("person.signOut"),
        words: "sign out log out 退出",
        run: () => signOut.mutate(),
      },
    ];
    return [...pages, ...actions];
  }, [groups, creatable, appearance.locale, appearance.theme, me, create, navigate]);
}
