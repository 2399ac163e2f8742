import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Label } from "@/api/types";
import { currentLocale } from "./i18n";
import type { Locale } from "./locale";

export type LabelLike = Label | string | null | undefined;

/** A schema label in one language; the other language, then the fallback, where it is missing. */
export function labelIn(locale: Locale, label: LabelLike, fallback = ""): string {
  if (label === null || label === undefined) return fallback;
  if (typeof label === "string") return label;
  return label[locale] || label["zh-CN"] || label.en || fallback;
}

/** Both languages of a name of which one may be left empty. */
export function bothNames(name: Record<Locale, string>): Record<Locale, string> {
  const called = name["zh-CN"].trim() || name.en.trim();
  return { "zh-CN": name["zh-CN"].trim() || called, en: name.en.trim() || called };
}

/** `const label = useLabel(); label(field.label)`: follows the language at once. */
export function useLabel(): (label: LabelLike, fallback?: string) => string {
  const { i18n } = useTranslation();
  const language = i18n.language;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language is what makes a new function necessary
  return useCallback((label, fallback) => labelIn(currentLocale(), label, fallback), [language]);
}

export function useLocale(): Locale {
  const { i18n } = useTranslation();
  return i18n.language === "en" ? "en" : "zh-CN";
}
