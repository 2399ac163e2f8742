import { App, Button, Skeleton } from "antd";
import { Plus } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/http";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon, problemText, useProblem } from "@/kit";
import { Section } from "../parts/Section";
import { useDeskT } from "./desk-messages";
import { useT } from "./messages";
import styles from "./privacy.module.css";
import { useChange, useRemove } from "./queries";
import { RetentionDrawer } from "./RetentionDrawer";
import { RetentionRuns } from "./RetentionRuns";
import { type RetentionRule, useRetention } from "./retention";
import { TrialDialog } from "./TrialDialog";

/** How long records are kept, object by object; each rule is tried before it is switched on. */
export function RetentionTab() {
  const t = useDeskT();
  const { data, error } = useRetention();
  const [editing, setEditing] = useState<RetentionRule | "new" | null>(null);
  const [tried, setTried] = useState<RetentionRule | null>(null);
  const add = (
    <Button type="primary" icon={<Icon as={Plus} />} onClick={() => setEditing("new")}>
      {t("retention.new")}
    </Button>
  );
  return (
    <Section wide title={t("retention.title")} body={t("retention.body")} action={data?.data.length ? add : undefined}>
      {error && !data && <Empty title={problemText(error)} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {data?.data.length === 0 && (
        <Empty title={t("retention.none")} actions={add}>
          {t("retention.none_body")}
        </Empty>
      )}
      {data && data.data.length > 0 && (
        <ul className={styles.list}>
          {data.data.map((rule) => (
            <Row key={rule.id} rule={rule} onEdit={() => setEditing(rule)} onTry={() => setTried(rule)} />
          ))}
        </ul>
      )}
      {data && data.runs.length > 0 && <RetentionRuns runs={data.runs} />}
      {editing && <RetentionDrawer rule={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
      {tried && <TrialDialog rule={tried} onClose={() => setTried(null)} />}
    </Section>
  );
}

function Row({ rule, onEdit, onTry }: { rule: RetentionRule; onEdit: () => void; onTry: () => void }) {
  const t = useDeskT();
  const desk = useT();
  const label = useLabel();
  const say = useProblem();
  const { modal, message } = App.useApp();
  const { byKey } = useSchema();
  const object = byKey.get(rule.object_key);
  const field = object?.fields.find((each) => each.key === rule.age_field);
  const toggle = useChange(() =>
    api.patch(`/privacy/retention/${rule.id}`, { enabled: !rule.enabled }, { version: rule.version }),
  );
  const run = useChange(() => api.post(`/privacy/retention/${rule.id}/run`, {}));
  const remove = useRemove("/privacy/retention");
  const onError = (error: unknown) => say(error);
  const ask = (title: string, okText: string, onOk: () => Promise<unknown>, danger = false) =>
    modal.confirm({ title, icon: null, okText, okButtonProps: { danger }, onOk: () => onOk().catch(onError) });
  return (
    <li>
      <span className={styles.words}>
        <span>
          <button type="button" className={styles.name} onClick={onEdit}>
            {rule.name}
          </button>
          <Chip tone={rule.enabled ? "ok" : "mute"}>{t(rule.enabled ? "retention.on" : "retention.off")}</Chip>
          <Chip tone={rule.action === "archive" ? "line" : "warn"}>{t(`retention.actions.${rule.action}`)}</Chip>
        </span>
        <span className={styles.facts}>
          {t("retention.rule", {
            object: label(object?.label),
            age: label(field?.label),
            period: rule.period,
            unit: t(`retention.units.${rule.unit}`),
          })}
        </span>
      </span>
      <span className={styles.actions}>
        <Button size="small" onClick={onTry}>
          {t("retention.trial")}
        </Button>
        <Button
          size="small"
          disabled={!rule.enabled && !rule.tried}
          title={!rule.enabled && !rule.tried ? t("retention.try_first") : undefined}
          loading={toggle.isPending}
          onClick={() => toggle.mutate(undefined, { onError })}
        >
          {t(rule.enabled ? "retention.disable" : "retention.enable")}
        </Button>
        {rule.enabled ? (
          <Button
            size="small"
            type="text"
            onClick={() =>
              ask(
                t("retention.run_ask", { name: rule.name }),
                t("retention.run"),
                async () => {
                  await run.mutateAsync(undefined);
                  message.success(t("retention.begun"));
                },
                rule.action !== "archive",
              )
            }
          >
            {t("retention.run")}
          </Button>
        ) : (
          <Button
            size="small"
            type="text"
            danger
            onClick={() =>
              ask(desk("delete_ask", { name: rule.name }), desk("delete"), () => remove.mutateAsync(rule.id), true)
            }
          >
            {desk("delete")}
          </Button>
        )}
      </span>
    </li>
  );
}
