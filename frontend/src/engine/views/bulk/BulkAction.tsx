import { useMutation } from "@tanstack/react-query";
import { Modal } from "antd";
import { useState } from "react";
import { isProblem } from "@/api/problem";
import type { ActionSchema, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { problemText } from "@/kit";
import { changesMessages } from "../../changes/messages";
import { type Job, startJob } from "../../changes/queries";
import { FieldEdit } from "../../fields";
import { actionFields } from "../../records/meta";
import type { Target } from "../../records/useDeleteRecords";
import { writable } from "../../records/useRecord";
import styles from "./bulk.module.css";

interface Props {
  object: ObjectSchema;
  action: ActionSchema;
  n: string;
  target: Target;
  onJob: (job: Job) => void;
  onClose: () => void;
}

/** An action for the whole selection: its input once, its outcome record by record. */
export function BulkAction({ object, action, n, target, onJob, onClose }: Props) {
  const t = changesMessages.useT();
  const label = useLabel();
  const [values, setValues] = useState<Record<string, unknown>>({});
  const start = useMutation({
    mutationFn: () =>
      startJob({ object: object.key, op: "action", action: action.key, input: writable(values), ...target }),
    onSuccess: (job) => {
      onJob(job);
      onClose();
    },
  });
  const { error } = start;
  return (
    <Modal
      open
      width={440}
      title={t("action_title", { n, name: label(object.label_plural), action: label(action.label) })}
      okText={t("action_run")}
      okButtonProps={{ danger: action.danger }}
      confirmLoading={start.isPending}
      onOk={() => start.mutate()}
      onCancel={onClose}
    >
      <div className={styles.form}>
        {(actionFields(action) ?? []).map((field) => (
          <div key={field.key}>
            <p className="gx-2 gx-s12">{label(field.label)}</p>
            <FieldEdit
              field={field}
              value={values[field.key] ?? null}
              onChange={(value: unknown) => setValues((now) => ({ ...now, [field.key]: value }))}
              place="form"
            />
          </div>
        ))}
        {error && (
          <p className="gx-bad gx-s12" role="alert">
            {(isProblem(error) && error.errors[0]?.message) || problemText(error)}
          </p>
        )}
      </div>
    </Modal>
  );
}
