import { Button, Modal } from "antd";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { Fitting } from "./Fitting";
import { useT } from "./messages";
import { type Plan, usePlanChanges } from "./queries";

/** Switching on says first how many it would touch, and asks whether those that fit already are meant. */
export function BeginModal({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { turn } = usePlanChanges();
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
      <Fitting object={plan.object} condition={plan.condition} />
    </Modal>
  );
}
