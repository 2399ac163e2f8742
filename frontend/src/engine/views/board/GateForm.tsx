import { Button } from "antd";
import { ShieldAlert } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import type { LinkRef, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon, useFormat } from "@/kit";
import { FieldEdit, isBlank } from "../../fields";
import { useT } from "../messages";
import styles from "./board.module.css";
import { ChecklistTicks, stageOf, tickedOf } from "./ChecklistTicks";
import own from "./gate.module.css";
import type { Gate } from "./useBoard";
import type { BoardFields } from "./useBoardColumns";

interface Props {
  object: ObjectSchema;
  gate: Gate;
  fields: BoardFields;
  busy: boolean;
  onSave: (values: Record<string, unknown>) => void;
  onBack: () => void;
}

/** What the stage wants is asked for on the card, where the hand already is. */
export function GateForm({ object, gate, fields, busy, onSave, onBack }: Props) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.scrollIntoView({ block: "nearest", inline: "nearest" }), []);
  const { record } = gate;
  const [values, setValues] = useState<Record<string, unknown>>({});
  const stage = stageOf(object, record);
  const asked = gate.errors.flatMap((error) => {
    const field = object.fields.find((each) => each.key === error.field);
    return field && field.type !== "stage" ? [{ error, field }] : [];
  });
  // What no field can put right is said, too: the next try would only be told again.
  const said = gate.errors.filter((error) => !asked.some((each) => each.error === error));
  const left = asked.filter(({ field }) => isBlank(values[field.key] ?? record[field.key])).length;
  const customer = fields.customer ? (record[fields.customer.key] as LinkRef | null) : null;
  const save = () =>
    onSave(Object.fromEntries(asked.map(({ field }) => [field.key, values[field.key] ?? record[field.key] ?? null])));
  return (
    <form
      ref={form}
      className={[styles.card, own.pending].join(" ")}
      aria-label={record.title}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <h3>{record.title}</h3>
      {customer && <p className={styles.customer}>{customer.title}</p>}
      {fields.amount && (
        <div className={styles.amount}>
          <b>{format.moneyShort(record[fields.amount.key] as number | null)}</b>
        </div>
      )}
      <div className={own.gate}>
        <p className="gx-warn">
          <Icon as={ShieldAlert} size={14} />
          {t("board.gate", { count: left || asked.length })}
        </p>
        {asked.map(({ field, error }, i) => (
          <div key={field.key}>
            {error.code === "checklist" ? (
              <ChecklistTicks
                field={field}
                stage={stage}
                label={label(field.label)}
                value={tickedOf(values[field.key] ?? record[field.key])}
                onChange={(value) => setValues((before) => ({ ...before, [field.key]: value }))}
              />
            ) : (
              <>
                <label htmlFor={`${id}-${field.key}`}>{label(field.label)}</label>
                <FieldEdit
                  id={`${id}-${field.key}`}
                  field={field}
                  value={values[field.key] ?? record[field.key]}
                  onChange={(value) => setValues((before) => ({ ...before, [field.key]: value }))}
                  place="form"
                  autoFocus={i === 0}
                  describedBy={`${id}-${field.key}-why`}
                />
              </>
            )}
            <span id={`${id}-${field.key}-why`} className="gx-3">
              {error.message}
            </span>
          </div>
        ))}
        {said.map((error) => (
          <p key={error.message} className="gx-3">
            {error.message}
          </p>
        ))}
        <div className={own.gateDo}>
          <Button type="primary" size="small" htmlType="submit" loading={busy}>
            {t("board.gate_apply")}
          </Button>
          <Button type="text" size="small" onClick={onBack}>
            {t("board.gate_back")}
          </Button>
        </div>
      </div>
    </form>
  );
}
