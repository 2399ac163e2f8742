/**
 * The tabs of an object's page. A folder adds its own by appending to `OBJECT_TABS`: key, name in both languages, and
 * a part that loads when its tab is opened.
 */
import type { Label } from "@/api";
import { type LazyPart, lazyPart } from "@/kit";
import type { Design } from "./design";

export interface ObjectTabProps {
  design: Design;
}
export interface ObjectTab {
  key: string;
  label: Label;
  /** A small figure beside the name. */
  count?: (design: Design) => number;
  /** Left out where it makes no sense for an object. */
  holds?: (design: Design) => boolean;
  /** Takes the whole width below the tabs, without a margin. */
  bare?: boolean;
  Tab: LazyPart<ObjectTabProps>;
}

export const OBJECT_TABS: ObjectTab[] = [
  {
    key: "fields",
    label: { "zh-CN": "字段", en: "Fields" },
    count: (design) => design.fields.length,
    bare: true,
    Tab: lazyPart(async () => (await import("./fields/FieldsTab")).FieldsTab),
  },
  {
    key: "general",
    label: { "zh-CN": "基本设置", en: "General" },
    Tab: lazyPart(async () => (await import("./GeneralTab")).GeneralTab),
  },
  {
    key: "layouts",
    label: { "zh-CN": "布局", en: "Layouts" },
    Tab: lazyPart(async () => (await import("../layouts/LayoutsObjectTab")).LayoutsObjectTab),
  },
  {
    key: "rules",
    label: { "zh-CN": "规则", en: "Rules" },
    Tab: lazyPart(async () => (await import("../rules/RulesObjectTab")).RulesObjectTab),
  },
  {
    key: "identity",
    label: { "zh-CN": "查重", en: "Duplicates" },
    Tab: lazyPart(async () => (await import("../identity/IdentityObjectTab")).IdentityObjectTab),
  },
  {
    key: "usage",
    label: { "zh-CN": "用在哪里", en: "Used by" },
    Tab: lazyPart(async () => (await import("./UsageTab")).UsageTab),
  },
  {
    key: "bin",
    label: { "zh-CN": "已删除的字段", en: "Deleted fields" },
    count: (design) => design.in_bin,
    Tab: lazyPart(async () => (await import("./BinTab")).BinTab),
  },
];
