import { App, Button, Dropdown, Switch } from "antd";
import { ArrowDown, ArrowUp, Ellipsis, FlaskConical, ListOrdered, Plus, Scale } from "lucide-react";
import { useState } from "react";
import type { ObjectSchema } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { Section } from "@/engine/settings/parts/Section";
import { useConditionWords } from "@/engine/settings/rules/useRuleWords";
import settings from "@/engine/settings/settings.module.css";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon, lazyPart, useProblem } from "@/kit";
import styles from "./assignment.module.css";
import { useT } from "./messages";
import { moved, type Rule, type Setup } from "./model";
import { useSetupChanges } from "./queries";

const RuleDrawer = lazyPart(async () => (await import("./RuleDrawer")).RuleDrawer);
const TryDrawer = lazyPart(async () => (await import("./TryDrawer")).TryDrawer);
const EvenDrawer = lazyPart(async () => (await import("./EvenDrawer")).EvenDrawer);

/** The rules in the order they are asked. */
export function RulesSection({ setup }: { setup: Setup }) {
  const t = useT();
  const say = useProblem();
  const { order } = useSetupChanges();
  const [edited, setEdited] = useState<Rule | "new" | null>(null);
  const [open, setOpen] = useState<"try" | "even" | null>(null);
  const { rules } = setup;
  const move = (index: number, step: -1 | 1) =>
    order.mutate(
      moved(rules, index, step).map((rule) => rule.id),
      { onError: (error) => say(error) },
    );
  return (
    <Section
      wide
      title={t("rules")}
      body={t("rules_body")}
      action={
        <div className={styles.head}>
          <Button icon={<Icon as={Scale} />} onClick={() => setOpen("even")}>
            {t("even")}
          </Button>
          <Button icon={<Icon as={FlaskConical} />} onClick={() => setOpen("try")}>
            {t("try")}
          </Button>
          <Button type="primary" icon={<Icon as={Plus} />} onClick={() => setEdited("new")}>
            {t("rule_new")}
          </Button>
        </div>
      }
    >
      {rules.length === 0 && (
        <Empty icon={ListOrdered} title={t("rules_none")}>
          {t("rules_none_body")}
        </Empty>
      )}
      {rules.length > 0 && (
        <ol className={settings.list}>
          {rules.map((rule, index) => (
            <Row
              key={rule.id}
              rule={rule}
              setup={setup}
              index={index}
              last={index === rules.length - 1}
              onEdit={() => setEdited(rule)}
              onMove={(step) => move(index, step)}
            />
          ))}
        </ol>
      )}
      {edited && <RuleDrawer rule={edited === "new" ? null : edited} setup={setup} onClose={() => setEdited(null)} />}
      {open === "try" && <TryDrawer onClose={() => setOpen(null)} />}
      {open === "even" && <EvenDrawer setup={setup} onClose={() => setOpen(null)} />}
    </Section>
  );
}

interface RowProps {
  rule: Rule;
  setup: Setup;
  index: number;
  last: boolean;
  onEdit: () => void;
  onMove: (step: -1 | 1) => void;
}

function Row({ rule, setup, index, last, onEdit, onMove }: RowProps) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { modal } = App.useApp();
  const { rule: save, removeRule } = useSetupChanges();
  const lead = useSchema().byKey.get("lead");
  const name = label(rule.name);
  const ask = () =>
    modal.confirm({
      title: t("remove_ask", { name }),
      content: t("remove_rule_body"),
      okText: t("remove"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => removeRule.mutateAsync(rule.id).catch((error) => say(error)),
    });
  return (
    <li data-off={!rule.enabled}>
      <span className={styles.number}>{index + 1}</span>
      <div className={styles.body}>
        <div className={styles.title}>
          <button type="button" className="gx-link gx-cut" onClick={onEdit}>
            {name}
          </button>
          <RuleChips rule={rule} />
        </div>
        <div className="gx-2 gx-s12">
          {lead && rule.filter ? <Which lead={lead} rule={rule} /> : t("all_leads")}
          {" → "}
          <Who rule={rule} setup={setup} />
        </div>
      </div>
      <Switch
        size="small"
        checked={rule.enabled}
        aria-label={`${t("enabled")}: ${name}`}
        loading={save.isPending}
        onChange={(enabled) => save.mutate({ rule, body: { enabled } }, { onError: (error) => say(error) })}
      />
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "edit", label: t("edit"), onClick: onEdit },
            {
              key: "up",
              label: t("up"),
              icon: <Icon as={ArrowUp} />,
              disabled: index === 0,
              onClick: () => onMove(-1),
            },
            { key: "down", label: t("down"), icon: <Icon as={ArrowDown} />, disabled: last, onClick: () => onMove(1) },
            { key: "remove", label: t("remove"), danger: true, onClick: ask },
          ],
        }}
      >
        <Button type="text" icon={<Icon as={Ellipsis} />} aria-label={t("actions", { name })} />
      </Dropdown>
    </li>
  );
}

function RuleChips({ rule }: { rule: Rule }) {
  const t = useT();
  const people = rule.method !== "queue";
  return (
    <>
      {rule.broken && (
        <Chip tone="bad" title={t("broken_help")}>
          {t("broken")}
        </Chip>
      )}
      {!rule.enabled && <Chip>{t("off")}</Chip>}
      {people && rule.past_owner && <Chip>{t("chip.past_owner")}</Chip>}
      {people && rule.territory && <Chip>{t("chip.territory")}</Chip>}
      {people && rule.skill_field && <Chip>{t("chip.skill")}</Chip>}
      {people && rule.accept_minutes && <Chip>{t("chip.accept", { n: rule.accept_minutes })}</Chip>}
    </>
  );
}

function Which({ lead, rule }: { lead: ObjectSchema; rule: Rule }) {
  const t = useT();
  const words = useConditionWords(lead, rule.filter);
  return <>{t("some_leads", { words })}</>;
}

function Who({ rule, setup }: { rule: Rule; setup: Setup }) {
  const t = useT();
  const label = useLabel();
  if (rule.method === "queue") {
    const queue = setup.queues.find((each) => each.id === rule.queue_id);
    return <>{queue ? label(queue.name) : t("gone")}</>;
  }
  const names = rule.targets.map((target) => setup.names[target.id] ?? t("gone"));
  const who = names.length > 4 ? t("people_n", { name: names[0] ?? "", n: names.length }) : names.join(t("list"));
  return (
    <>
      {who} · {t(`method.${rule.method}`)}
    </>
  );
}
