/** Rules as sentences: "当客户类型是企业时，显示税号，税号必填". */
import type { FilterNode, ObjectSchema } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { useFormat } from "@/kit";
import { useShownFormulas } from "../../formulas/queries";
import { conditions, plain } from "../../views/filter/sentence";
import { fromFilter } from "../../views/filter/tree";
import { useNames } from "../../views/filter/useNames";
import { useOperatorText } from "../../views/filter/useOperatorText";
import { valueText } from "../../views/filter/value-text";
import { useT as useViewsT } from "../../views/messages";
import { rulesMessages } from "./messages";
import { type Effect, isWhole } from "./model";

/** The condition in words; empty where there is none. */
export function useConditionWords(object: ObjectSchema, condition: FilterNode | null): string {
  const t = useViewsT();
  const label = useLabel();
  const format = useFormat();
  const operatorText = useOperatorText();
  const { byKey } = useSchema();
  const group = fromFilter(condition);
  const nameOf = useNames(byKey, object, group);
  return plain(
    conditions(object, group, {
      t,
      label,
      objects: byKey,
      operatorText,
      valueText: (field, leaf) => valueText(field, leaf, { t, label, nameOf, format }),
    }),
  );
}

/** What effects do, in words. */
export function useEffectWords(object: ObjectSchema, effects: readonly Effect[]): string {
  const t = rulesMessages.useT();
  const label = useLabel();
  const { byKey } = useSchema();
  const formulas = effects.flatMap((effect) => effect.formula ?? []);
  const formulaOf = useShownFormulas(object.key, formulas);
  const fieldOf = (key = "") => object.fields.find((field) => field.key === key);
  const quoted = (text: string) => t("say.quote", { text });
  const name = (key = "") => quoted(label(fieldOf(key)?.label, key));
  const option = (key: string | undefined, value: unknown) => {
    const found = fieldOf(key)?.options?.find((each) => each.value === value);
    return quoted(label(found?.label, textOf(value)));
  };
  const source = (path = "") => {
    let at: ObjectSchema | undefined = object;
    const words = path.split(".").map((key) => {
      const field = at?.fields.find((each) => each.key === key);
      at = byKey.get(field?.target ?? "");
      return label(field?.label, key);
    });
    return quoted(words.join(" · "));
  };
  const list = (items: readonly string[]) => items.join(t("say.list"));
  const say = (effect: Effect): string => {
    switch (effect.kind) {
      case "options":
        return t("say.options", {
          field: name(effect.field),
          options: list((effect.options ?? []).map((value) => option(effect.field, value))),
        });
      case "cascade":
        return t("say.cascade", { field: name(effect.field), by: name(effect.by) });
      case "default":
        if (effect.formula !== undefined)
          return t("say.formula", { field: name(effect.field), formula: formulaOf(effect.formula) });
        return effect.from !== undefined
          ? t("say.from", { field: name(effect.field), source: source(effect.from) })
          : t("say.value", { field: name(effect.field), value: option(effect.field, effect.value) });
      default:
        return t(`say.${effect.kind}`, { fields: list((effect.fields ?? []).map(name)) });
    }
  };
  return effects.filter(isWhole).map(say).join(t("say.join"));
}

function textOf(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    const { name, title } = value as { name?: string; title?: string };
    return name ?? title ?? "…";
  }
  return String(value ?? "");
}
