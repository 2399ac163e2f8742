import { App, Button, Segmented } from "antd";
import { Plus } from "lucide-react";
import { useState } from "react";
import type { ObjectSchema } from "@/api/types";
import { Icon, useProblem } from "@/kit";
import { FilterBuilder } from "../../views/filter/FilterBuilder";
import { EditorDrawer } from "./EditorDrawer";
import { EffectRow } from "./EffectRow";
import { rulesMessages } from "./messages";
import { type Effect, isWhole, type RuleRow, toSend } from "./model";
import { useSaveRuling } from "./queries";
import { RuleSentence } from "./RuleSentence";
import styles from "./rules.module.css";
import { Trial, useTrial } from "./Trial";

interface Props {
  object: ObjectSchema;
  /** The rule being changed; null for a new one. */
  rule: RuleRow | null;
  onClose: () => void;
}

/** A condition, what happens while it holds, and what that would mean for what is stored. */
export function RuleEditor({ object, rule, onClose }: Props) {
  const t = rulesMessages.useT();
  const say = useProblem();
  const { message } = App.useApp();
  const save = useSaveRuling<RuleRow>(object.key, "rules");
  const [condition, setCondition] = useState(rule?.condition ?? null);
  const [always, setAlways] = useState(rule !== null && rule.condition === null);
  const [effects, setEffects] = useState<Effect[]>(() => rule?.effects ?? [{ kind: "show", fields: [] }]);
  const said = always ? null : condition;
  const whole = effects.length > 0 && effects.every(isWhole) && (always || condition !== null);
  const body = { condition: said, effects: effects.map(toSend) };
  const trial = useTrial({ object, kind: "rules", body: whole ? body : null, replaces: rule?.id });
  const change = (index: number, effect: Effect) =>
    setEffects((all) => all.map((each, i) => (i === index ? effect : each)));
  return (
    <EditorDrawer
      open
      title={t(rule ? "rule_edit" : "rule_new")}
      busy={save.isPending}
      ready={whole}
      failing={trial.preview?.failing?.value ?? 0}
      onClose={onClose}
      onSave={() =>
        save.mutate(
          { id: rule?.id, version: rule?.version, body },
          {
            onSuccess: () => {
              message.success(t("saved"));
              onClose();
            },
            onError: (error) => say(error),
          },
        )
      }
    >
      <section>
        <h3>{t("when")}</h3>
        <Segmented
          value={always ? "always" : "when"}
          options={[
            { value: "when", label: t("conditional") },
            { value: "always", label: t("always") },
          ]}
          onChange={(way) => setAlways(way === "always")}
        />
        {!always && (
          <div className={styles.condition}>
            <FilterBuilder object={object} filter={condition} onChange={setCondition} />
          </div>
        )}
      </section>
      <section>
        <h3>{t("do")}</h3>
        <ul className={styles.effects}>
          {effects.map((effect, i) => (
            <EffectRow
              // biome-ignore lint/suspicious/noArrayIndexKey: effects have no other identity, and none is reordered
              key={i}
              object={object}
              effect={effect}
              onChange={(next) => change(i, next)}
              onRemove={effects.length > 1 ? () => setEffects((all) => all.filter((_, j) => j !== i)) : undefined}
            />
          ))}
        </ul>
        <Button
          type="text"
          icon={<Icon as={Plus} size={14} />}
          onClick={() => setEffects((all) => [...all, { kind: "require", fields: [] }])}
        >
          {t("add_effect")}
        </Button>
      </section>
      {whole && (
        <div className={styles.summary}>
          <h3>{t("summary")}</h3>
          <RuleSentence object={object} rule={{ condition: said, effects }} />
        </div>
      )}
      <Trial object={object} kind="rules" trial={trial} />
    </EditorDrawer>
  );
}
