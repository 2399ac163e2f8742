import { App, Modal } from "antd";
import { useState } from "react";
import { AsyncPicker, type Choice } from "@/engine/fields/shared/AsyncPicker";
import { people } from "@/engine/fields/shared/pickers";
import { useProblem } from "@/kit";
import { useT } from "./messages";
import { type Pool, usePoolMoves } from "./queries";

interface Props {
  pool: Pool;
  ids: string[];
  onClose: () => void;
  onDone: () => void;
}

/** To whom the chosen records go, by turns. */
export function HandOut({ pool, ids, onClose, onDone }: Props) {
  const t = useT();
  const say = useProblem();
  const { message } = App.useApp();
  const { handOut } = usePoolMoves(pool.key);
  const [to, setTo] = useState<Choice[]>([]);
  const submit = () =>
    handOut.mutate(
      { ids, people: to.map((each) => each.id) },
      {
        onSuccess: ({ given, gone }) => {
          const n = Object.values(given).reduce((sum, each) => sum + each, 0);
          void message.success(t("handed_out", { n }) + (gone ? t("gone", { n: gone }) : ""));
          onDone();
        },
        onError: (error) => say(error),
      },
    );
  return (
    <Modal
      open
      title={t("hand_out_many", { n: ids.length })}
      okText={t("hand_out")}
      okButtonProps={{ disabled: to.length === 0, loading: handOut.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      <p className="gx-2">{t("hand_out_body")}</p>
      <AsyncPicker many label={t("hand_out_to")} value={to} source={people} onChange={setTo} />
    </Modal>
  );
}
