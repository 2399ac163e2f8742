import { App, Popover } from "antd";
import { Check } from "lucide-react";
import { useState } from "react";
import { isProblem } from "@/api/problem";
import type { Field, ObjectSchema, Option, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon, useFormat } from "@/kit";
import { stageColor } from "../fields/stage/stage-color";
import { ageInStage } from "../views/board/board-state";
import { GateForm } from "../views/board/lazy";
import { gateOf } from "../views/board/useBoard";
import { boardFields } from "../views/board/useBoardColumns";
import { useT } from "./messages";
import styles from "./records.module.css";
import { refusalText } from "./refusal";
import { useUpdateRecord } from "./useRecord";

/** The way of a record through its stages; a click moves it, what is missing is asked for there. */
export function StagePath({ object, record }: { object: ObjectSchema; record: RecordData }) {
  const field = object.fields.find((each) => each.type === "stage");
  if (!field?.options?.length) return null;
  return <Path object={object} record={record} field={field} options={field.options} />;
}

const INK = { calm: undefined, soon: "gx-warn", late: "gx-bad" } as const;

interface Props {
  object: ObjectSchema;
  record: RecordData;
  field: Field;
  options: Option[];
}

function Path({ object, record, field, options }: Props) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const { message } = App.useApp();
  const update = useUpdateRecord(object.key);
  const [gate, setGate] = useState<{
    to: string;
    errors: readonly { field: string; code: string; message: string }[];
  } | null>(null);
  const value = String(record[field.key] ?? "");
  const current = options.find((option) => option.value === value);
  const own = options.filter((option) => !option.pipeline || option.pipeline === current?.pipeline);
  const now = own.findIndex((option) => option.value === value);
  const lost = current?.kind === "lost";
  const { since } = boardFields(object);
  const entered = since ? (record[since.key] as string | null) : null;
  const age = (current?.kind ?? "open") === "open" ? ageInStage(entered, current?.expected_days, new Date()) : null;
  const editable = object.can.edit && !field.readonly;
  const move = (to: string, values: Record<string, unknown> = {}) => {
    if (to === value) return;
    update.mutate(
      { record, values: { ...values, [field.key]: to } },
      {
        onSuccess: () => setGate(null),
        onError: (error) => {
          const asked = isProblem(error) ? gateOf(object, error.errors) : [];
          if (asked.length > 0) setGate({ to, errors: asked });
          else message.error(refusalText(object, error, label));
        },
      },
    );
  };
  return (
    <ol className={styles.path}>
      {own.map((option, i) => {
        const kind = option.kind ?? "open";
        const state = i === now ? "now" : !lost && i < now && kind === "open" ? "done" : "next";
        const item = (
          <button
            type="button"
            disabled={!editable}
            onClick={() => move(option.value)}
            aria-current={state === "now" ? "step" : undefined}
            title={t("path.move", { stage: label(option.label) })}
          >
            {state === "done" && <Icon as={Check} size={12} />}
            <b>{label(option.label)}</b>
            {state === "now" && entered && (
              <span className={age ? INK[age.tone] : undefined} title={format.dateTime(entered)}>
                {age?.expected
                  ? t("path.days_of", { n: age.days, expected: age.expected })
                  : t("path.since", { date: format.shortDay(entered) })}
              </span>
            )}
          </button>
        );
        return (
          <li
            key={option.value}
            data-state={state}
            style={{ borderColor: state === "now" ? stageColor(options, option.value) : undefined }}
          >
            {gate?.to === option.value ? (
              <Popover
                open
                placement="bottom"
                onOpenChange={(open) => !open && setGate(null)}
                trigger="click"
                content={
                  <GateForm
                    object={object}
                    gate={{ record, to: gate.to, errors: gate.errors }}
                    fields={boardFields(object)}
                    busy={update.isPending}
                    onSave={(values) => move(gate.to, values)}
                    onBack={() => setGate(null)}
                  />
                }
              >
                {item}
              </Popover>
            ) : (
              item
            )}
          </li>
        );
      })}
    </ol>
  );
}
