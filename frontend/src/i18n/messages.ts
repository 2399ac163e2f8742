/**
 * Typed messages that live beside the code that shows them.
 *
 * How it works: a folder writes `locales/zh-CN.ts` and `locales/en.ts` and calls `defineMessages(namespace, zh, en)`.
 * That registers both languages with i18next (so strings travel with their lazy chunk) and returns a hook and a plain
 * function whose keys are checked. `en` must have exactly the shape of `zh`: a key missing on either side is a type error.
 *
 * Plurals: Chinese has one form, English two. Where `zh` has `count_other`, `en` has `count_one` and `count_other`;
 * both are used as `t("count", { count })`.
 */
import { useTranslation } from "react-i18next";
import { i18n } from "./i18n";

export interface Messages {
  readonly [key: string]: string | Messages;
}

type PluralOnes<Z> = { [K in keyof Z as K extends `${infer Base}_other` ? `${Base}_one` : never]: string };

export type SameShape<Z> = { [K in keyof Z]: Z[K] extends string ? string : SameShape<Z[K]> } & PluralOnes<Z>;

type NoExtra<Z, E> = {
  [K in keyof E]: K extends keyof SameShape<Z>
    ? E[K] extends string
      ? E[K]
      : K extends keyof Z
        ? NoExtra<Z[K], E[K]>
        : never
    : never;
};

type Stem<K extends string> = K extends `${infer Base}_other` ? Base : K extends `${string}_one` ? never : K;

export type MessageKey<Z> = {
  [K in keyof Z & string]: Z[K] extends string ? Stem<K> : `${K}.${MessageKey<Z[K]>}`;
}[keyof Z & string];

export type Values = Record<string, string | number>;
export type Translate<Z> = (key: MessageKey<Z>, values?: Values) => string;

export function defineMessages<const Z extends Messages, const E extends SameShape<Z>>(
  namespace: string,
  zh: Z,
  en: E & NoExtra<Z, E>,
): { useT: () => Translate<Z>; t: Translate<Z>; namespace: string } {
  i18n.addResourceBundle("zh-CN", namespace, zh, true, true);
  i18n.addResourceBundle("en", namespace, en, true, true);
  // Our own key type is the check; i18next's inference over a generic key only costs compile time.
  const translate = i18n.t as unknown as (key: string, values: Values) => string;
  const t: Translate<Z> = (key, values) => translate(`${namespace}:${key}`, values ?? {});
  // biome-ignore lint/correctness/noComponentHookFactories: called once per namespace at module level, never in a component
  const useT = (): Translate<Z> => {
    // The hook is only there to render again when the language changes; `t` reads the current language itself.
    useTranslation(namespace);
    return t;
  };
  return { useT, t, namespace };
}
