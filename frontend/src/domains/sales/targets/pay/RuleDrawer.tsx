import { App, Button, Drawer, Radio, Select, Switch } from "antd";
import { useState } from "react";
import { useLabel } from "@/i18n";
import { useIsPhone, useProblem } from "@/kit";
import type { Plan } from "../model";
import styles from "../targets.module.css";
import { useFigures } from "../useFigures";
import { BandsEdit } from "./BandsEdit";
import { Lines } from "./Lines";
import { useT } from "./messages";
import type { CommissionRule, RuleBody } from "./model";
import { NameEdit } from "./NameEdit";
import { usePayChanges, usePreview } from "./queries";
import { WhoEdit } from "./WhoEdit";

interface Props {
  rule: CommissionRule | null;
  plans: Plan[];
  day: string;
  onClose: () => void;
}

/** A rule of commission, with what it would pay. */
export function RuleDrawer({ rule, plans, day, onClose }: Props) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const phone = useIsPhone();
  const { period } = useFigures();
  const { message, modal } = App.useApp();
  const changes = usePayChanges();
  const preview = usePreview();
  const [body, setBody] = useState<RuleBody>(() => bodyOf(rule, plans));
  const set = (patch: Partial<RuleBody>) => setBody((before) => ({ ...before, ...patch }));
  const plan = plans.find((each) => each.id === body.plan_id);
  const save = () =>
    changes.rule.mutate(
      { rule, body },
      {
        onSuccess: () => {
          void message.success(t("saved"));
          onClose();
        },
        onError: (error) => say(error),
      },
    );
  const ask = () =>
    rule &&
    modal.confirm({
      title: t("remove_ask", { name: label(rule.name) }),
      okText: t("remove"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () =>
        changes.removeRule
          .mutateAsync(rule.id)
          .then(onClose)
          .catch((error) => say(error)),
    });
  return (
    <Drawer
      open
      destroyOnHidden
      title={t(rule ? "rule_edit" : "rule_new")}
      size={phone ? "100%" : 620}
      onClose={onClose}
      footer={
        <div className={styles.footBar}>
          <span>
            {rule && (
              <Button danger type="text" onClick={ask}>
                {t("remove")}
              </Button>
            )}
          </span>
          <Button
            loading={preview.isPending}
            onClick={() => preview.mutate({ rule: body, day }, { onError: (e) => say(e) })}
          >
            {t("try")}
          </Button>
          <Button type="primary" loading={changes.rule.isPending} onClick={save}>
            {t("save")}
          </Button>
        </div>
      }
    >
      <div className={styles.form}>
        <NameEdit name={body.name} onChange={(name) => set({ name })} />
        <div className={styles.label}>
          {t("goes_by")}
          <Select
            aria-label={t("goes_by")}
            value={body.plan_id}
            onChange={(value) => set({ plan_id: value })}
            options={plans.map((each) => ({ value: each.id, label: label(each.name) }))}
          />
        </div>
        <div className={styles.label}>
          {t("basis_label")}
          <Radio.Group
            value={body.basis}
            onChange={(event) => set({ basis: event.target.value })}
            options={(["amount", "attainment"] as const).map((value) => ({ value, label: t(`basis.${value}`) }))}
          />
        </div>
        <div className={styles.label}>
          {t("mode_label")}
          <Radio.Group
            value={body.mode}
            onChange={(event) => set({ mode: event.target.value })}
            options={(["progressive", "whole"] as const).map((value) => ({ value, label: t(`mode.${value}`) }))}
          />
          <p className="gx-3 gx-s12">{t(`mode_hint.${body.mode}`)}</p>
        </div>
        <BandsEdit
          bands={body.bands}
          basis={body.basis}
          money={plan?.money ?? true}
          onChange={(bands) => set({ bands })}
        />
        <WhoEdit value={body.people} onChange={(people) => set({ people })} />
        <div className={styles.footBar}>
          <span>{t("enabled")}</span>
          <Switch aria-label={t("enabled")} checked={body.enabled} onChange={(enabled) => set({ enabled })} />
        </div>
        {preview.data && (
          <section>
            <h3 className={styles.tried}>{t("tried", { period: period(preview.data.period) })}</h3>
            <Lines statement={preview.data} />
          </section>
        )}
      </div>
    </Drawer>
  );
}

function bodyOf(rule: CommissionRule | null, plans: Plan[]): RuleBody {
  if (rule) {
    const { name, plan_id, basis, mode, bands, people, enabled } = rule;
    return { name, plan_id, basis, mode, bands, people, enabled };
  }
  return {
    name: { "zh-CN": "", en: "" },
    plan_id: plans[0]?.id ?? "",
    basis: "amount",
    mode: "progressive",
    bands: [{ from: 0, rate: 1 }],
    people: [],
    enabled: true,
  };
}
