import { App, Button, Checkbox, InputNumber, Select, Switch } from "antd";
import { FlaskConical, Plus, Trash2 } from "lucide-react";
import type { ObjectSchema } from "@/api/types";
import { FilterBuilder } from "@/engine/views/filter/FilterBuilder";
import { Icon, useFormat, useProblem } from "@/kit";
import { type PoolSetup, type RecycleRule, type RuleKind, type Simulated, usePoolChanges } from "../queries";
import { useT } from "./messages";
import styles from "./pools.module.css";

const KINDS: Record<string, RuleKind[]> = {
  customer: ["no_follow_up", "no_deal", "refused", "contract_end"],
  lead: ["no_follow_up"],
};
const NEW: RecycleRule = {
  kind: "no_follow_up",
  days: 30,
  workdays: false,
  filter: null,
  warn_days: 3,
  enabled: false,
};

interface Props {
  object: ObjectSchema;
  /** The pool as it is stored: rules can be tried against it. */
  pool: PoolSetup | null;
  rules: RecycleRule[];
  onChange: (rules: RecycleRule[]) => void;
}

/** What falls into the pool, rule by rule; each can be tried before it is switched on. */
export function RulesEdit({ object, pool, rules, onChange }: Props) {
  const t = useT();
  return (
    <>
      {rules.map((rule, place) => (
        <Rule
          // biome-ignore lint/suspicious/noArrayIndexKey: rules that are not stored yet have no name but their place
          key={place}
          object={object}
          pool={pool}
          rule={rule}
          onChange={(next) => onChange(rules.map((each, at) => (at === place ? next : each)))}
          onRemove={() => onChange(rules.filter((_, at) => at !== place))}
        />
      ))}
      <Button icon={<Icon as={Plus} />} onClick={() => onChange([...rules, NEW])}>
        {t("add_rule")}
      </Button>
    </>
  );
}

interface RuleProps {
  object: ObjectSchema;
  pool: PoolSetup | null;
  rule: RecycleRule;
  onChange: (rule: RecycleRule) => void;
  onRemove: () => void;
}

function Rule({ object, pool, rule, onChange, onRemove }: RuleProps) {
  const t = useT();
  const say = useProblem();
  const { modal } = App.useApp();
  const { simulate } = usePoolChanges();
  const set = (part: Partial<RecycleRule>) => onChange({ ...rule, ...part });
  const turn = (enabled: boolean) => {
    if (!enabled || pool === null) return set({ enabled });
    // What it would take tonight is told before it is switched on.
    simulate.mutate(
      { key: pool.key, rule },
      {
        onSuccess: ({ due }) =>
          due === 0
            ? set({ enabled })
            : modal.confirm({
                title: due === null ? t("ask_enable_hidden") : t("ask_enable", { n: due }),
                onOk: () => set({ enabled }),
              }),
        onError: (error) => say(error),
      },
    );
  };
  return (
    <div className={styles.rule}>
      <div className={styles.line}>
        <Select
          className={styles.kind}
          aria-label={t("rules")}
          value={rule.kind}
          options={(KINDS[object.key] ?? []).map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          onChange={(kind) => set({ kind })}
        />
        <InputNumber
          aria-label={t("days")}
          min={1}
          max={3650}
          precision={0}
          value={rule.days}
          onChange={(days) => set({ days: days ?? 1 })}
        />
        <Checkbox checked={rule.workdays} onChange={(event) => set({ workdays: event.target.checked })}>
          {t("workdays")}
        </Checkbox>
        <span className={styles.warn}>
          {t("warn_days")}
          <InputNumber
            aria-label={t("warn_days")}
            min={0}
            max={rule.days - 1}
            precision={0}
            value={rule.warn_days}
            onChange={(days) => set({ warn_days: days ?? 0 })}
          />
        </span>
        <Switch
          checked={rule.enabled}
          checkedChildren={t("enabled")}
          unCheckedChildren={t("off")}
          aria-label={t("enabled")}
          loading={simulate.isPending}
          onChange={turn}
        />
        <Button type="text" icon={<Icon as={Trash2} />} aria-label={t("remove_rule")} onClick={onRemove} />
      </div>
      <div className="gx-2 gx-s12">{t("rule_filter")}</div>
      <FilterBuilder object={object} filter={rule.filter} onChange={(filter) => set({ filter })} />
      <div className={styles.line}>
        <Button
          size="small"
          icon={<Icon as={FlaskConical} size={14} />}
          disabled={pool === null}
          loading={simulate.isPending}
          onClick={() => pool && simulate.mutate({ key: pool.key, rule }, { onError: (error) => say(error) })}
        >
          {t("simulate")}
        </Button>
        {pool === null && <span className="gx-3 gx-s12">{t("simulate_first")}</span>}
      </div>
      {simulate.data && <Outcome found={simulate.data} />}
    </div>
  );
}

function Outcome({ found }: { found: Simulated }) {
  const t = useT();
  const format = useFormat();
  if (found.due === null || found.warned === null)
    return (
      <div className={styles.outcome} aria-live="polite">
        {t("would_hidden")}
      </div>
    );
  return (
    <div className={styles.outcome} aria-live="polite">
      <b>{found.due ? t("would", { n: format.number(found.due) }) : t("would_none")}</b>
      {found.warned > 0 && t("would_warn", { n: format.number(found.warned) })}
      {!found.whole && t("would_seen")}
      {found.owners.length > 0 && (
        <p>
          {t("whose")}: {found.owners.map((each) => `${each.person.name} ${format.number(each.count)}`).join(" · ")}
        </p>
      )}
      <ul>
        {found.sample.slice(0, 5).map((each) => (
          <li key={each.id}>
            {each.title} <span className="gx-3">{t("since", { date: each.since })}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
