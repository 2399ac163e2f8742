import { App, Button, Skeleton, Switch } from "antd";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import type { ObjectSchema } from "@/api/types";
import { mergePath, recordPath } from "@/engine/records/paths";
import { useLabel } from "@/i18n";
import { Chip, Icon, type Tone, useFormat, useProblem } from "@/kit";
import { Section } from "../parts/Section";
import styles from "./identity.module.css";
import { identityMessages } from "./messages";
import { DOORS, type Mode, type Rule, useCheckRule, useDeleteRule, useIdentityRules, useSaveRule } from "./queries";
import { RuleDialog } from "./RuleDialog";

const TONES: Record<Mode, Tone> = { strict: "bad", warn: "warn", off: "mute" };

/** What tells that two records are the same one, said rule by rule. */
export function IdentityTab({ object }: { object: ObjectSchema }) {
  const t = identityMessages.useT();
  const label = useLabel();
  const { data, isPending } = useIdentityRules(object.key);
  const [editing, setEditing] = useState<Rule | null | undefined>(undefined);
  return (
    <Section
      wide
      title={t("title")}
      body={t("body", { name: label(object.label_plural) })}
      action={
        <Button icon={<Icon as={Plus} />} onClick={() => setEditing(null)} disabled={!data}>
          {t("new")}
        </Button>
      }
    >
      {isPending && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {data?.data.length === 0 && <p className="gx-3">{t("none")}</p>}
      <ul className={styles.rules}>
        {data?.data.map((rule) => (
          <RuleRow key={rule.key} object={object} rule={rule} onEdit={() => setEditing(rule)} />
        ))}
      </ul>
      {data && editing !== undefined && (
        <RuleDialog object={object} list={data} rule={editing} onClose={() => setEditing(undefined)} />
      )}
    </Section>
  );
}

function RuleRow({ object, rule, onEdit }: { object: ObjectSchema; rule: Rule; onEdit: () => void }) {
  const t = identityMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const say = useProblem();
  const { modal } = App.useApp();
  const save = useSaveRule(object.key);
  const remove = useDeleteRule(object.key);
  const check = useCheckRule(object.key);
  const ask = () =>
    modal.confirm({
      title: t("delete_ask"),
      content: t("delete_body"),
      okText: t("delete"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => remove.mutate(rule.key, { onError: (error) => say(error) }),
    });
  const name = rule.label ? label(rule.label) : rule.parts.map((part) => label(part.label, part.field)).join(" + ");
  return (
    <li className={styles.rule} data-off={!rule.is_active}>
      <div className={styles.line}>
        <Switch
          size="small"
          checked={rule.is_active}
          aria-label={`${t("enabled")}: ${name}`}
          loading={save.isPending}
          onChange={(is_active) =>
            save.mutate({ key: rule.key, body: { is_active } }, { onError: (error) => say(error) })
          }
        />
        <b className={styles.name}>{name}</b>
        {rule.standard && <Chip tone="line">{t("standard")}</Chip>}
        <span className={styles.doors}>
          {DOORS.map((door) => (
            <Chip key={door} tone={TONES[rule.doors[door]]}>
              {t("at_door", { door: t(`door.${door}`), mode: t(`mode.${rule.doors[door]}`) })}
            </Chip>
          ))}
        </span>
        <Button
          type="text"
          icon={<Icon as={Pencil} size={14} />}
          aria-label={`${t("edit")}: ${name}`}
          onClick={onEdit}
        />
        {!rule.standard && (
          <Button
            type="text"
            icon={<Icon as={Trash2} size={14} />}
            aria-label={`${t("delete")}: ${name}`}
            onClick={ask}
          />
        )}
      </div>
      {!rule.is_possible && <p className="gx-bad gx-s12">{t("impossible")}</p>}
      {rule.is_active && rule.state === "building" && (
        <p className={styles.note}>
          {t("building", { done: format.number(rule.progress.done), total: format.number(rule.progress.total) })}
        </p>
      )}
      {rule.is_active && rule.state === "blocked" && !rule.report && (
        <p className={styles.note}>{t("blocked_untold")}</p>
      )}
      {rule.is_active && rule.state === "blocked" && rule.report && (
        <div className={styles.blocked}>
          <p>
            {t("blocked", { groups: format.number(rule.report.groups), records: format.number(rule.report.records) })}
          </p>
          <ul>
            {rule.report.sample.slice(0, 8).map((group) => (
              <li key={group.map((record) => record.id).join()}>
                {group.map((record, i) => (
                  <span key={record.id}>
                    {i > 0 && format.list(["", ""])}
                    <Link className="gx-link" to={recordPath(object.key, record.id)}>
                      {record.title}
                    </Link>
                  </span>
                ))}{" "}
                {group.length > 1 && (
                  <Link
                    className="gx-s12"
                    to={mergePath(
                      object.key,
                      group.map((record) => record.id),
                    )}
                  >
                    {t("merge_these", { n: group.length })}
                  </Link>
                )}
              </li>
            ))}
          </ul>
          <Button
            size="small"
            loading={check.isPending}
            onClick={() => check.mutate(rule.key, { onError: (error) => say(error) })}
          >
            {t("check")}
          </Button>
        </div>
      )}
    </li>
  );
}
