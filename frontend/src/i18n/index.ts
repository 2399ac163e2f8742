export { currentLocale, i18n, switchLocale } from "./i18n";
export { initialLocale, isLocale, LOCALES, type Locale } from "./locale";
export { defineMessages, type MessageKey, type Translate } from "./messages";
export { bothNames, type LabelLike, labelIn, useLabel, useLocale } from "./useLabel";
