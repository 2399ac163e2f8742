import { Button, Modal } from "antd";
import { useLabel } from "@/i18n";
import { useFormat, useProblem } from "@/kit";
import { useT } from "./messages";
import { type Plan, useFitting, usePlanChanges } from "./queries";

/** Switching on says first how many it would touch, and asks whether those that fit already are meant. */
export function BeginModal({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const say = useProblem();
  const { turn } = usePlanChanges();
  const fitting = useFitting(plan.object, plan.condition);
  const begin = (existing: boolean) =>
    turn.mutate({ plan, enabled: true, existing }, { onSuccess: onClose, onError: (error) => say(error) });
  return (
    <Modal
      open
      title={t("begin", { name: label(plan.name) })}
      onCancel={onClose}
      footer={[
        <Button key="all" loading={turn.isPending && turn.variables.existing} onClick={() => begin(true)}>
          {t("begin_all")}
        </Button>,
        <Button
          key="new"
          type="primary"
          loading={turn.isPending && !turn.variables.existing}
          onClick={() => begin(false)}
        >
          {t("begin_new")}
        </Button>,
      ]}
    >
      {fitting.data ? t("begin_body", { n: format.count(fitting.data.count) }) : " "}
    </Modal>
  );
}
