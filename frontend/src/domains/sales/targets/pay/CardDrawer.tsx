import { App, Button, Drawer, InputNumber, Segmented, Select, Switch } from "antd";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useLabel } from "@/i18n";
import { Icon, useIsPhone, useProblem } from "@/kit";
import { useT as useTargetT } from "../messages";
import { type Plan, UNITS } from "../model";
import styles from "../targets.module.css";
import { useT } from "./messages";
import type { CardBody, CardItem, ScoreCard } from "./model";
import { NameEdit } from "./NameEdit";
import { usePayChanges } from "./queries";
import { WhoEdit } from "./WhoEdit";

interface Props {
  card: ScoreCard | null;
  plans: Plan[];
  onClose: () => void;
}

/** A score card: which targets, how much each weighs, where it is capped. */
export function CardDrawer({ card, plans, onClose }: Props) {
  const t = useT();
  const words = useTargetT();
  const label = useLabel();
  const say = useProblem();
  const phone = useIsPhone();
  const { message, modal } = App.useApp();
  const changes = usePayChanges();
  const [body, setBody] = useState<CardBody>(() => bodyOf(card, plans));
  const set = (patch: Partial<CardBody>) => setBody((before) => ({ ...before, ...patch }));
  const put = (index: number, patch: Partial<CardItem>) =>
    set({ items: body.items.map((item, at) => (at === index ? { ...item, ...patch } : item)) });
  const unused = plans.filter((plan) => !body.items.some((item) => item.plan === plan.id));
  const [next] = unused;
  const save = () =>
    changes.card.mutate(
      { card, body },
      {
        onSuccess: () => {
          void message.success(t("saved"));
          onClose();
        },
        onError: (error) => say(error),
      },
    );
  const ask = () =>
    card &&
    modal.confirm({
      title: t("remove_ask", { name: label(card.name) }),
      okText: t("remove"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () =>
        changes.removeCard
          .mutateAsync(card.id)
          .then(onClose)
          .catch((error) => say(error)),
    });
  return (
    <Drawer
      open
      destroyOnHidden
      title={t(card ? "card_edit" : "card_new")}
      size={phone ? "100%" : 560}
      onClose={onClose}
      footer={
        <div className={styles.footBar}>
          <span>
            {card && (
              <Button danger type="text" onClick={ask}>
                {t("remove")}
              </Button>
            )}
          </span>
          <Button type="primary" loading={changes.card.isPending} onClick={save}>
            {t("save")}
          </Button>
        </div>
      }
    >
      <div className={styles.form}>
        <NameEdit name={body.name} onChange={(name) => set({ name })} />
        <div className={styles.label}>
          {t("unit")}
          <div>
            <Segmented
              aria-label={t("unit")}
              value={body.unit}
              onChange={(unit) => set({ unit })}
              options={UNITS.map((value) => ({ value, label: words(`unit.${value}`) }))}
            />
          </div>
        </div>
        <div className={styles.label}>
          {t("items")}
          {body.items.map((item, index) => (
            <div key={item.plan} className={styles.item}>
              <Select
                aria-label={t("items")}
                value={item.plan}
                onChange={(plan) => put(index, { plan })}
                options={plans
                  .filter((plan) => plan.id === item.plan || unused.includes(plan))
                  .map((plan) => ({ value: plan.id, label: label(plan.name) }))}
              />
              <InputNumber
                min={0}
                max={1000}
                precision={0}
                prefix={t("weight")}
                aria-label={t("weight")}
                value={item.weight}
                onChange={(weight) => put(index, { weight: weight ?? 0 })}
              />
              <InputNumber
                min={1}
                max={1000}
                precision={0}
                prefix={t("cap")}
                aria-label={t("cap")}
                value={item.cap}
                onChange={(cap) => put(index, { cap: cap ?? 100 })}
              />
              <Button
                type="text"
                icon={<Icon as={X} />}
                aria-label={t("remove")}
                disabled={body.items.length === 1}
                onClick={() => set({ items: body.items.filter((_, at) => at !== index) })}
              />
            </div>
          ))}
          {next && (
            <div>
              <Button
                size="small"
                icon={<Icon as={Plus} />}
                onClick={() => set({ items: [...body.items, { plan: next.id, weight: 50, cap: 120 }] })}
              >
                {t("item_add")}
              </Button>
            </div>
          )}
        </div>
        <WhoEdit value={body.people} onChange={(people) => set({ people })} />
        <div className={styles.footBar}>
          <span>{t("enabled")}</span>
          <Switch aria-label={t("enabled")} checked={body.enabled} onChange={(enabled) => set({ enabled })} />
        </div>
      </div>
    </Drawer>
  );
}

function bodyOf(card: ScoreCard | null, plans: Plan[]): CardBody {
  if (card) {
    const { name, unit, items, people, enabled } = card;
    return { name, unit, items, people, enabled };
  }
  const items = plans.slice(0, 1).map((plan) => ({ plan: plan.id, weight: 100, cap: 120 }));
  return { name: { "zh-CN": "", en: "" }, unit: "month", items, people: [], enabled: true };
}
