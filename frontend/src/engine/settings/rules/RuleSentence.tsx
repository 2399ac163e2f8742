import type { ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { useShownFormulas } from "../../formulas/queries";
import { spaced } from "../../views/filter/sentence";
import { rulesMessages } from "./messages";
import type { RuleRow, ValidationRow, WatchRow } from "./model";
import { useConditionWords, useEffectWords } from "./useRuleWords";

/** What a field rule does, in one sentence. */
export function RuleSentence({ object, rule }: { object: ObjectSchema; rule: Pick<RuleRow, "condition" | "effects"> }) {
  const t = rulesMessages.useT();
  const condition = useConditionWords(object, rule.condition);
  const effects = useEffectWords(object, rule.effects);
  return <>{spaced((condition ? t("say.when", { condition }) : t("say.always")) + effects)}</>;
}

/** What a validation says when. */
export function ValidationSentence({
  object,
  check,
}: {
  object: ObjectSchema;
  check: Pick<ValidationRow, "condition" | "formula" | "field" | "message">;
}) {
  const t = rulesMessages.useT();
  const label = useLabel();
  const condition = useConditionWords(object, check.condition);
  const formula = useShownFormulas(object.key, check.formula ? [check.formula] : [])(check.formula);
  const field = object.fields.find((each) => each.key === check.field);
  return (
    <>
      {spaced(
        t(formula ? "say.must" : "say.check", {
          condition,
          formula,
          field: t("say.quote", { text: label(field?.label, check.field) }),
          message: label(check.message),
        }),
      )}
    </>
  );
}

/** What follows which change. */
export function WatchSentence({
  object,
  watch,
}: {
  object: ObjectSchema;
  watch: Pick<WatchRow, "fields" | "condition" | "on_create" | "action" | "to" | "message" | "due_days">;
}) {
  const t = rulesMessages.useT();
  const label = useLabel();
  const condition = useConditionWords(object, watch.condition);
  const names = watch.fields.map((key) =>
    t("say.quote", { text: label(object.fields.find((each) => each.key === key)?.label, key) }),
  );
  const change = t(watch.on_create ? "say.filled" : "say.changed", { fields: names.join(t("say.list")) });
  const person = t(`watch_person.${watch.to}`);
  const then = t(`say.${watch.action}`, { person, message: label(watch.message), n: watch.due_days });
  return <>{spaced(change + (condition ? t("say.and", { condition }) : "") + then)}</>;
}
