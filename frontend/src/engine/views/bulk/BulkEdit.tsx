import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Checkbox, Modal, Segmented, Select } from "antd";
import { useState } from "react";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import { isProblem } from "@/api/problem";
import type { BulkResult, Field, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { problemText, useFormat } from "@/kit";
import { type Job, startJob } from "../../changes/queries";
import { FieldEdit } from "../../fields";
import { isEditable } from "../../records/editable";
import type { Target } from "../../records/useDeleteRecords";
import { writable } from "../../records/useRecord";
import { useUndoBatch } from "../../records/useUndoBatch";
import { useT } from "../messages";
import styles from "./bulk.module.css";

interface Props {
  object: ObjectSchema;
  /** The field to set, or null to choose one. */
  field: Field | null;
  title: string;
  apply: string;
  target: Target;
  /** Too many to wait for: done in the background, and this is told of it. */
  onJob?: (job: Job) => void;
  onClose: () => void;
}

/** Lists grow and shrink; only asked for is one replaced. */
const WAYS = ["add", "remove", "set"] as const;
type Way = (typeof WAYS)[number];
const LISTS = new Set(["tags", "multi_select", "links"]);

export function BulkEdit({ object, field: given, title, apply, target, onJob, onClose }: Props) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const client = useQueryClient();
  const toast = useUndoBatch(object);
  const [field, setField] = useState<Field | null>(given);
  const [value, setValue] = useState<unknown>(null);
  const [clear, setClear] = useState(false);
  const [way, setWay] = useState<Way>("add");
  const many = field !== null && LISTS.has(field.type);
  const save = useMutation({
    mutationFn: (values: Record<string, unknown>) =>
      api.post<BulkResult>(`/${object.key}/bulk`, {
        op: "update",
        ...target,
        [many && !clear ? way : "set"]: writable(values),
      }),
    onSuccess: (done) => {
      const { affected } = done;
      const name = label(affected === 1 ? object.label : object.label_plural);
      toast(t("bulk.done", { n: format.number(affected), name }), done);
      void client.invalidateQueries({ queryKey: keys.records(object.key) });
      onClose();
    },
  });
  const start = useMutation({
    mutationFn: (values: Record<string, unknown>) =>
      startJob({ object: object.key, op: "update", ...target, [many && !clear ? way : "set"]: writable(values) }),
    onSuccess: (job) => {
      onJob?.(job);
      onClose();
    },
  });
  const ready = field !== null && (clear || (value !== null && value !== undefined && value !== ""));
  const error = save.error ?? start.error;
  const send = onJob ? start : save;
  const stale = isProblem(error) && error.status === 409;
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      okText={apply}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={send.isPending}
      onOk={() => field && send.mutate({ [field.key]: clear ? null : value })}
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
        {many && !clear && (
          <Segmented<Way>
            value={way}
            onChange={setWay}
            aria-label={t("bulk.way")}
            options={WAYS.map((value) => ({ value, label: t(`bulk.way_${value}`) }))}
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
            invalid={send.isError && !stale}
          />
        )}
        {field && !field.required && !given && (
          <Checkbox checked={clear} onChange={(event) => setClear(event.target.checked)}>
            {t("bulk.clear_value")}
          </Checkbox>
        )}
        {many && !clear && way === "set" && <p className="gx-3 gx-s12">{t("bulk.way_set_hint")}</p>}
        {error && (
          <p className="gx-bad gx-s12" role="alert">
            {stale ? t("bulk.changed_meanwhile") : (isProblem(error) && error.errors[0]?.message) || problemText(error)}
          </p>
        )}
      </div>
    </Modal>
  );
}
