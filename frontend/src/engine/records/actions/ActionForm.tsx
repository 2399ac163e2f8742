import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Modal } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "@/api/http";
import { isProblem } from "@/api/problem";
import type { ActionSchema, LinkRef, ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { unplacedText } from "@/kit";
import { FieldItem } from "../form/FieldItem";
import styles from "../form/form.module.css";
import { useT } from "../messages";
import { recordPath } from "../paths";
import { writable } from "../useRecord";
import { inputFields } from "./input-fields";

interface Props {
  object: ObjectSchema;
  record: RecordData;
  action: ActionSchema;
  onClose: () => void;
}

/** Runs an action; asks for its input first where it has one, and names what it made. */
export function ActionForm({ object, record, action, onClose }: Props) {
  const t = useT();
  const label = useLabel();
  const client = useQueryClient();
  const { message } = App.useApp();
  const fields = inputFields(action);
  const [values, setValues] = useState<Record<string, unknown>>(() =>
    Object.fromEntries(fields.map((field) => [field.key, field.default ?? null])),
  );
  const run = useMutation({
    mutationFn: () =>
      api.post<Record<string, unknown> | null>(
        `/${object.key}/${record.id}/actions/${action.key}`,
        writable(
          Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined)),
        ),
        { version: record.version },
      ),
    onSuccess: (result) => {
      void client.invalidateQueries({ queryKey: ["records"] });
      message.success(
        <span className={styles.done}>
          {t("action.done", { name: label(action.label) })}
          {madeBy(result).map((link) => (
            <Link key={link.id} className="gx-link" to={recordPath(link.object, link.id)}>
              {link.title}
            </Link>
          ))}
        </span>,
        6,
      );
      onClose();
    },
  });
  const errors = isProblem(run.error) ? run.error.byField() : {};
  const keys = fields.map((field) => field.key);
  const unplaced = run.isError ? unplacedText(run.error, keys) : null;
  return (
    <Modal
      open
      title={label(action.label)}
      onCancel={onClose}
      okText={label(action.label)}
      okButtonProps={action.danger ? { danger: true, type: "default" } : {}}
      confirmLoading={run.isPending}
      onOk={() => run.mutate()}
      width={480}
    >
      <div className={styles.fields}>
        {fields.map((field) => (
          <FieldItem
            key={field.key}
            field={field}
            value={values[field.key]}
            error={errors[field.key]}
            onChange={(value) => setValues((before) => ({ ...before, [field.key]: value }))}
          />
        ))}
        {fields.length === 0 && <p className={`gx-2 ${styles.wide}`}>{record.title}</p>}
        {unplaced && (
          <p className={`gx-bad gx-s13 ${styles.wide}`} role="alert">
            {unplaced}
          </p>
        )}
      </div>
    </Modal>
  );
}

/** The records an action answers with, to go to. */
export function madeBy(result: Record<string, unknown> | null | undefined): LinkRef[] {
  return Object.values(result ?? {}).filter(isLink);
}

function isLink(value: unknown): value is LinkRef {
  if (typeof value !== "object" || value === null) return false;
  const link = value as Partial<LinkRef>;
  return typeof link.id === "string" && typeof link.title === "string" && typeof link.object === "string";
}
