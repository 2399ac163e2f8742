import { Alert, App, Checkbox, Modal, Skeleton } from "antd";
import { useState } from "react";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { type Design, type DesignField, deleteField, deleteObject, useShaping, useUsage } from "./design";
import { useT } from "./locales";
import { UsageList } from "./UsageList";

interface Props {
  open: boolean;
  design: Design;
  /** Deletes the object itself where there is none. */
  field?: DesignField;
  onClose: () => void;
  onDone: () => void;
}

/** Before anything goes: how many records it touches, what uses it, and who can let go of it. */
export function RemoveDialog(props: Props) {
  return props.open ? <Dialog {...props} /> : null;
}

function Dialog({ design, field, onClose, onDone }: Props) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { message } = App.useApp();
  const [detach, setDetach] = useState(false);
  const usage = useUsage(design.key, field?.key);
  const remove = useShaping(() =>
    field
      ? deleteField(design.key, field.key, design.version, detach)
      : deleteObject(design.key, design.version, detach),
  );
  const used = usage.data?.data ?? [];
  const stuck = used.filter((each) => !each.detachable);
  const name = label(field ? field.label : design.label);
  const known = usage.data?.filled ?? usage.data?.records; // who does not see every record is told no number
  const count = known ?? 0;
  const plain = field ? t("remove.bodyUncounted", { key: field.key }) : t("remove.objectUncounted");
  const counted = field ? t("remove.body", { count, key: field.key }) : t("remove.objectBody", { count });
  const said = typeof known === "number" ? counted : plain;
  const submit = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        message.success(t("remove.done", { name }));
        onClose();
        onDone();
      },
      onError: (error) => say(error),
    });
  return (
    <Modal
      open
      title={t(field ? "remove.title" : "remove.objectTitle", { name })}
      okText={field ? t("remove.ok") : t("general.danger")}
      okButtonProps={{
        danger: true,
        type: "default",
        loading: remove.isPending,
        disabled: !usage.data || stuck.length > 0 || (used.length > 0 && !detach),
      }}
      onOk={submit}
      onCancel={onClose}
    >
      {!usage.data && <Skeleton active title={false} />}
      {usage.data && (
        <>
          <p>{said}</p>
          {used.length > 0 && (
            <Alert
              type="warning"
              title={stuck.length ? t("usage.cannot") : t("usage.count", { count: used.length })}
              description={<UsageList usages={stuck.length ? stuck : used} />}
            />
          )}
          {used.length > 0 && stuck.length === 0 && (
            <Checkbox checked={detach} onChange={(event) => setDetach(event.target.checked)} style={{ marginTop: 12 }}>
              {t("usage.detach")}
            </Checkbox>
          )}
        </>
      )}
    </Modal>
  );
}
