import { App, Button, Skeleton, Switch } from "antd";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { ObjectSchema } from "@/api/types";
import { Chip, Icon, useProblem } from "@/kit";
import { Section } from "../parts/Section";
import { rulesMessages } from "./messages";
import type { RuleRow, ValidationRow, WatchRow } from "./model";
import { useDeleteRuling, useRulings, useSaveRuling } from "./queries";
import { RuleEditor } from "./RuleEditor";
import { RuleSentence, ValidationSentence, WatchSentence } from "./RuleSentence";
import styles from "./rules.module.css";
import { ValidationEditor } from "./ValidationEditor";
import { WatchEditor } from "./WatchEditor";

/** The rules and validations of an object, each said in one sentence. */
export function RulesTab({ object }: { object: ObjectSchema }) {
  const t = rulesMessages.useT();
  const [rule, setRule] = useState<RuleRow | null | undefined>(undefined);
  const [check, setCheck] = useState<ValidationRow | null | undefined>(undefined);
  const [watch, setWatch] = useState<WatchRow | null | undefined>(undefined);
  return (
    <>
      <Section
        wide
        title={t("rules")}
        body={t("rules_body")}
        action={
          <Button icon={<Icon as={Plus} />} onClick={() => setRule(null)}>
            {t("rule_new")}
          </Button>
        }
      >
        <Rows<RuleRow> object={object} kind="rules" none={t("rules_none")} onEdit={setRule}>
          {(row) => <RuleSentence object={object} rule={row} />}
        </Rows>
      </Section>
      <Section
        wide
        title={t("checks")}
        body={t("checks_body")}
        action={
          <Button icon={<Icon as={Plus} />} onClick={() => setCheck(null)}>
            {t("check_new")}
          </Button>
        }
      >
        <Rows<ValidationRow> object={object} kind="validations" none={t("checks_none")} onEdit={setCheck}>
          {(row) => (
            <>
              <ValidationSentence object={object} check={row} />{" "}
              {row.severity === "warning" && <Chip tone="warn">{t("warning")}</Chip>}
            </>
          )}
        </Rows>
      </Section>
      {object.fields.some((field) => field.key === "owner") && (
        <Section
          wide
          title={t("watches")}
          body={t("watches_body")}
          action={
            <Button icon={<Icon as={Plus} />} onClick={() => setWatch(null)}>
              {t("watch_new")}
            </Button>
          }
        >
          <Rows<WatchRow> object={object} kind="watches" none={t("watches_none")} onEdit={setWatch}>
            {(row) => <WatchSentence object={object} watch={row} />}
          </Rows>
        </Section>
      )}
      {watch !== undefined && <WatchEditor object={object} watch={watch} onClose={() => setWatch(undefined)} />}
      {rule !== undefined && <RuleEditor object={object} rule={rule} onClose={() => setRule(undefined)} />}
      {check !== undefined && <ValidationEditor object={object} check={check} onClose={() => setCheck(undefined)} />}
    </>
  );
}

interface RowsProps<T> {
  object: ObjectSchema;
  kind: "rules" | "validations" | "watches";
  none: string;
  onEdit: (row: T) => void;
  children: (row: T) => ReactNode;
}

function Rows<T extends RuleRow | ValidationRow | WatchRow>({ object, kind, none, onEdit, children }: RowsProps<T>) {
  const t = rulesMessages.useT();
  const say = useProblem();
  const { modal } = App.useApp();
  const { data, isPending } = useRulings<T>(object.key, kind);
  const save = useSaveRuling<T>(object.key, kind);
  const remove = useDeleteRuling(object.key, kind);
  if (isPending) return <Skeleton active title={false} paragraph={{ rows: 3 }} />;
  if (!data?.length) return <p className={styles.none}>{none}</p>;
  const ask = (row: T) =>
    modal.confirm({
      title: t("delete_ask"),
      content: t("delete_body"),
      okText: t("delete"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => remove.mutate(row.id, { onError: (error) => say(error) }),
    });
  return (
    <ul className={styles.rows}>
      {data.map((row) => (
        <li key={row.id} data-off={!row.enabled}>
          <Switch
            size="small"
            checked={row.enabled}
            aria-label={t("enabled")}
            onChange={(enabled) =>
              save.mutate({ id: row.id, version: row.version, body: { enabled } }, { onError: (error) => say(error) })
            }
          />
          <p>{children(row)}</p>
          <Button
            type="text"
            icon={<Icon as={Pencil} size={14} />}
            aria-label={t("edit")}
            onClick={() => onEdit(row)}
          />
          <Button type="text" icon={<Icon as={Trash2} size={14} />} aria-label={t("delete")} onClick={() => ask(row)} />
        </li>
      ))}
    </ul>
  );
}
