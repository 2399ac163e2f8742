import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { initialLocale, type Locale, rememberLocale } from "./locale";
import { midSentence } from "./mid-sentence";

export const i18n = i18next.createInstance();

void i18n.use(initReactI18next).init({
  lng: initialLocale(),
  fallbackLng: "en",
  ns: [],
  resources: {},
  initAsync: false,
  // An empty string is a translation: English needs no measure word after a number.
  returnEmptyString: true,
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
});

// `{{name, lower}}` in an English message: the label of an object or a field in the middle of a sentence.
i18n.services.formatter?.add("lower", (value) => midSentence(String(value)));

export function currentLocale(): Locale {
  return i18n.language === "en" ? "en" : "zh-CN";
}

/** Switches the language of everything on screen at once; saving it on the person is the caller's business. */
export async function switchLocale(locale: Locale): Promise<void> {
  rememberLocale(locale);
  document.documentElement.lang = locale;
  await i18n.changeLanguage(locale);
}
