import { type ThemeChoice, useMe, useUpdateMe } from "@/api";
import { type Locale, switchLocale } from "@/i18n";
import { setThemeChoice } from "@/kit";

/** Language and theme change at once and are kept on the person. */
export function useAppearance() {
  const { user } = useMe();
  const update = useUpdateMe();
  return {
    locale: user.locale,
    theme: user.theme,
    setLocale: (locale: Locale) => {
      void switchLocale(locale);
      update.mutate({ locale });
    },
    setTheme: (theme: ThemeChoice) => {
      setThemeChoice(theme);
      update.mutate({ theme });
    },
  };
}
