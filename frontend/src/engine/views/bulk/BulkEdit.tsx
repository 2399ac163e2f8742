import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Checkbox, Modal, Select } from "antd";
import { useState } from "react";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import { isProblem } from "@/api/problem";
import type { BulkResult, Field, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { problemText, useFormat } from "@/kit";
import { FieldEdit } from "../../fields";
import { isEditable } from "../../records/editable";
import type { Target } from "../../records/useDeleteRecords";
import { writable } from "../../records/useRecord";
import { useUndoToast } from "../../records/useUndoToast";
import { useT } from "../messages";
import styles from "./bulk.module.css";

interface Props {
  object: ObjectSchema;
  /** The field to set, or null to choose one. */
  field: Field | null;
  title: string;
  apply: string;
  target: Target;
  onClose: () => void;
}

export function BulkEdit({ object, field: given, title, apply, target, onClose }: Props) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const client = useQueryClient();
  const toast = useUndoToast();
  const [field, setField] = useState<Field | null>(given);
  const [value, setValue] = useState<unknown>(null);
  const [clear, setClear] = useState(false);
  const save = useMutation({
    mutationFn: (set: Record<string, unknown>) =>
      api.post<BulkResult>(`/${object.key}/bulk`, { op: "update", ...target, set: writable(set) }),
    onSuccess: (result) => {
      toast(t("bulk.done", { n: format.number(result.affected), name: label(object.label_plural) }));
      void client.invalidateQueries({ queryKey: keys.records(object.key) });
      onClose();
    },
  });
  const ready = field !== null && (clear || (value !== null && value !== undefined && value !== ""));
  const { error } = save;
  const stale = isProblem(error) && error.status === 409;
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      okText={apply}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={save.isPending}
      onOk={() => field && save.mutate({ [field.key]: clear ? null : value })}
      width={440}
    >
      <div className={styles.form}>
        {!given && (
          <Select
            aria-label={t("bulk.field")}
            placeholder={t("bulk.field")}
            showSearch={{ optionFilterProp: "label" }}
            value={field?.key}
            onChange={(key) => {
              setField(object.fields.find((each) => each.key === key) ?? null);
              setValue(null);
              setClear(false);
            }}
            options={object.fields
              .filter((each) => isEditable(object, each) && !each.unique)
              .map((each) => ({ value: each.key, label: label(each.label) }))}
          />
        )}
        {field && !clear && (
          <FieldEdit
            key={field.key}
            field={field}
            value={value}
            onChange={setValue}
            place="form"
            autoFocus
            invalid={save.isError && !stale}
          />
        )}
        {field && !field.required && !given && (
          <Checkbox checked={clear} onChange={(event) => setClear(event.target.checked)}>
            {t("bulk.clear_value")}
          </Checkbox>
        )}
        {field?.type === "tags" && <p className="gx-3 gx-s12">{t("bulk.tag_replace")}</p>}
        {error && (
          <p className="gx-bad gx-s12" role="alert">
            {stale ? t("bulk.changed_meanwhile") : (isProblem(error) && error.errors[0]?.message) || problemText(error)}
          </p>
        )}
      </div>
    </Modal>
  );
}
