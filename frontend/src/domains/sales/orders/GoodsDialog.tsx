/** Delivering an order or taking goods back: how many of each line, and by whom they are carried. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Modal, Skeleton } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "@/api/http";
import { isProblem } from "@/api/problem";
import type { Field } from "@/api/types";
import { madeBy } from "@/engine/records/actions/ActionForm";
import type { ActionDialogProps } from "@/engine/records/actions/dialogs";
import { inputFields } from "@/engine/records/actions/input-fields";
import { FieldItem } from "@/engine/records/form/FieldItem";
import { recordPath } from "@/engine/records/paths";
import { useLabel } from "@/i18n";
import { problemText, unplacedText } from "@/kit";
import styles from "./goods.module.css";
import { useT } from "./messages";
import type { StandingLine } from "./model";
import { type Quantities, QuantityTable } from "./QuantityTable";
import { useStanding } from "./queries";

export function GoodsDialog({ record, action, object, onClose }: ActionDialogProps) {
  const t = useT();
  const label = useLabel();
  const client = useQueryClient();
  const { message } = App.useApp();
  const isDelivery = action.key === "deliver_order";
  const standing = useStanding(record.id);
  const room = (line: StandingLine) => (isDelivery ? line.left : line.returnable);
  const lines = (standing.data ?? []).filter((line) => room(line) > 0);
  const fields = inputFields(action).filter((field) => field.type !== "json");
  const [values, setValues] = useState<Record<string, unknown>>(() =>
    Object.fromEntries(fields.map((field) => [field.key, field.default ?? null])),
  );
  const [typed, setTyped] = useState<Quantities>({});
  const quantities: Quantities = Object.fromEntries(
    lines.map((line) => [line.id, line.id in typed ? (typed[line.id] ?? null) : isDelivery ? String(line.left) : null]),
  );
  const chosen = lines.filter((line) => Number(quantities[line.id]) !== 0 && quantities[line.id] !== null);
  const run = useMutation({
    mutationFn: () =>
      api.post<Record<string, unknown>>(`/${object.key}/${record.id}/actions/${action.key}`, {
        ...Object.fromEntries(
          fields.filter((field) => isAsked(field, values)).flatMap((field) => given(field, values[field.key])),
        ),
        items: chosen.map((line) => ({ item: line.id, quantity: quantities[line.id] })),
      }),
    onSuccess: (result) => {
      void client.invalidateQueries({ queryKey: ["records"] });
      message.success(
        <span className={styles.done}>
          {label(action.label)}
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
    onError: () => void standing.refetch(),
  });
  const errors = isProblem(run.error) ? run.error.byField() : {};
  const byLine = Object.fromEntries(
    chosen.flatMap((line, n) => {
      const found = errors[`items.${n}.quantity`] ?? errors[`items.${n}.item`];
      return found ? [[line.id, found]] : [];
    }),
  );
  const placed = Object.keys(byLine).length > 0 || fields.some((field) => errors[field.key]);
  return (
    <Modal
      open
      title={label(action.label)}
      onCancel={onClose}
      okText={label(action.label)}
      confirmLoading={run.isPending}
      okButtonProps={{ disabled: chosen.length === 0 }}
      onOk={() => run.mutate()}
      width={720}
    >
      <div className={styles.dialog}>
        {standing.isPending && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
        {standing.isError && <p className="gx-bad">{problemText(standing.error)}</p>}
        {standing.isSuccess && lines.length === 0 && (
          <p className="gx-2">{t(isDelivery ? "nothing_out" : "nothing_back")}</p>
        )}
        {lines.length > 0 && (
          <QuantityTable
            lines={lines}
            isDelivery={isDelivery}
            values={quantities}
            errors={byLine}
            onChange={(some) => setTyped((before) => ({ ...before, ...some }))}
          />
        )}
        {lines.length > 0 && chosen.length === 0 && <p className="gx-3 gx-s13">{t("pick")}</p>}
        <div className={styles.fields}>
          {fields
            .filter((field) => isAsked(field, values))
            .map((field) => (
              <FieldItem
                key={field.key}
                field={field}
                value={values[field.key]}
                error={errors[field.key]}
                onChange={(value) => setValues((before) => ({ ...before, [field.key]: value }))}
              />
            ))}
        </div>
        {run.isError && !placed && (
          <p className="gx-bad gx-s13" role="alert">
            {unplacedText(run.error)}
          </p>
        )}
      </div>
    </Modal>
  );
}

/** Of the days, only the one that makes sense is asked for. */
function isAsked(field: Field, values: Record<string, unknown>): boolean {
  if (field.key === "planned_on") return values.shipped === false;
  if (field.key === "shipped_on") return values.shipped !== false;
  return true;
}

const given = (field: Field, value: unknown): [string, unknown][] =>
  value === null || value === undefined || value === "" ? [] : [[field.key, value]];
