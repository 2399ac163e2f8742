import { App, Button, Dropdown, Skeleton, Switch } from "antd";
import { CalendarClock, Ellipsis, Plus } from "lucide-react";
import { useState } from "react";
import { useSchema } from "@/api/useSchema";
import { Section } from "@/engine/settings/parts/Section";
import settings from "@/engine/settings/settings.module.css";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon, problemText, useDot, usePageTitle, useProblem } from "@/kit";
import { BeginModal } from "./BeginModal";
import { useT } from "./messages";
import { PlanDrawer } from "./PlanDrawer";
import styles from "./plans.module.css";
import { type Plan, usePlanChanges, usePlans } from "./queries";

/** Every plan: for whom, how many steps, how many are on their way. */
export function PlansPage() {
  const t = useT();
  const plans = usePlans();
  const [edited, setEdited] = useState<Plan | "new" | null>(null);
  const [beginning, setBeginning] = useState<Plan | null>(null);
  usePageTitle(t("page"));
  return (
    <Section
      wide
      title={t("page")}
      body={t("body")}
      action={
        <Button type="primary" icon={<Icon as={Plus} />} onClick={() => setEdited("new")}>
          {t("new")}
        </Button>
      }
    >
      {plans.error && !plans.data && <Empty title={problemText(plans.error)} />}
      {plans.isPending && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {plans.data?.length === 0 && (
        <Empty icon={CalendarClock} title={t("none")}>
          {t("none_body")}
        </Empty>
      )}
      {plans.data && plans.data.length > 0 && (
        <ul className={settings.list}>
          {plans.data.map((plan) => (
            <Row key={plan.id} plan={plan} onEdit={() => setEdited(plan)} onBegin={() => setBeginning(plan)} />
          ))}
        </ul>
      )}
      {edited && <PlanDrawer plan={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
      {beginning && <BeginModal plan={beginning} onClose={() => setBeginning(null)} />}
    </Section>
  );
}

function Row({ plan, onEdit, onBegin }: { plan: Plan; onEdit: () => void; onBegin: () => void }) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const dot = useDot();
  const { modal } = App.useApp();
  const { turn, remove } = usePlanChanges();
  const object = useSchema().byKey.get(plan.object);
  const name = label(plan.name);
  const ask = () =>
    modal.confirm({
      title: t("remove_ask", { name }),
      content: t("remove_body"),
      okText: t("remove"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => remove.mutateAsync(plan.id).catch((error) => say(error)),
    });
  const facts = [
    label(object?.label_plural),
    t("steps", { count: plan.steps.length }),
    plan.running > 0 ? t("running", { count: plan.running }) : null,
  ].filter(Boolean);
  return (
    <li>
      <Icon as={CalendarClock} />
      <div className={settings.grow}>
        <div>
          <button type="button" className={`gx-link gx-cut ${styles.name}`} onClick={onEdit}>
            {name}
          </button>
          {plan.broken && <Chip tone="bad">{t("broken")}</Chip>}
        </div>
        <div className="gx-2 gx-s12">{facts.join(dot)}</div>
      </div>
      <Switch
        size="small"
        checked={plan.enabled}
        loading={turn.isPending}
        aria-label={t("switch", { name })}
        onChange={(on) => (on ? onBegin() : turn.mutate({ plan, enabled: false }, { onError: (error) => say(error) }))}
      />
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "edit", label: t("edit"), onClick: onEdit },
            { key: "remove", label: t("remove"), danger: true, onClick: ask },
          ],
        }}
      >
        <Button type="text" icon={<Icon as={Ellipsis} />} aria-label={t("actions", { name })} />
      </Dropdown>
    </li>
  );
}
