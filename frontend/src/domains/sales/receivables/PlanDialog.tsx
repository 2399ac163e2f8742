/** Splitting what is not planned of a contract or an order into instalments; the amounts are reckoned by the server. */
import { App, DatePicker, InputNumber, Modal, Segmented } from "antd";
import dayjs from "dayjs";
import { useId, useState } from "react";
import type { ActionDialogProps } from "@/engine/records/actions/dialogs";
import { Money, unplacedText, useFormat } from "@/kit";
import { useT } from "./messages";
import { amountOf, cents, DAY, type Split, type SplitBody } from "./model";
import { type PartRow, PartRows } from "./PartRows";
import { useMakePlans, usePaperMoney, useSplit } from "./queries";
import styles from "./receivables.module.css";

type Mode = "equal" | "percent" | "amount";

export function PlanDialog({ object, record, onClose }: ActionDialogProps) {
  const t = useT();
  const format = useFormat();
  const { message } = App.useApp();
  const money = usePaperMoney(object.key, record);
  const make = useMakePlans(object.key, record.id);
  const [mode, setMode] = useState<Mode>("equal");
  const [equal, setEqual] = useState({ parts: 3, first_due: format.today(), every_months: 1 });
  const [rows, setRows] = useState<PartRow[]>([newRow(format.today()), newRow(format.today())]);
  const body = mode === "equal" ? equal : listed(mode, rows);
  const split = useSplit(object.key, record.id, body);
  const currency = money.data?.currency ?? null;
  const left = money.data?.unplanned ?? null;
  const failed = make.error ?? split.error;
  const save = () =>
    body &&
    make.mutate(body, {
      onSuccess: (made) => {
        void message.success(t("made", { count: made.instalments.length }));
        onClose();
      },
    });
  return (
    <Modal
      open
      width={560}
      title={t("plan_title")}
      okText={t("make")}
      okButtonProps={{ disabled: !body || split.isError || split.isPending, loading: make.isPending }}
      onOk={save}
      onCancel={onClose}
    >
      <div className={styles.dialog}>
        <p className={styles.lead}>
          <span className="gx-3">{t("plan_left")}</span>
          <b>{left === null ? "—" : <Money exact value={left} currency={currency} />}</b>
        </p>
        <Segmented
          aria-label={t("how")}
          value={mode}
          options={(["equal", "percent", "amount"] as const).map((value) => ({ value, label: t(`mode.${value}`) }))}
          onChange={setMode}
        />
        {mode === "equal" ? (
          <Equal value={equal} onChange={setEqual} />
        ) : (
          <PartRows
            mode={mode}
            rows={rows}
            currency={currency}
            left={left}
            shown={split.isError ? undefined : split.data}
            onChange={setRows}
          />
        )}
        {mode === "equal" && split.data && !split.isError && <Shown split={split.data} />}
        {body && failed && (
          <p className="gx-bad gx-s13" role="alert">
            {unplacedText(failed)}
          </p>
        )}
      </div>
    </Modal>
  );
}

interface EqualBody {
  parts: number;
  first_due: string;
  every_months: number;
}

function Equal({ value, onChange }: { value: EqualBody; onChange: (value: EqualBody) => void }) {
  const t = useT();
  const id = useId();
  return (
    <div className={styles.three}>
      <label htmlFor={`${id}parts`}>
        <span>{t("parts")}</span>
        <InputNumber
          id={`${id}parts`}
          min={1}
          max={120}
          precision={0}
          value={value.parts}
          onChange={(parts) => onChange({ ...value, parts: parts ?? 1 })}
        />
      </label>
      <label htmlFor={`${id}first_due`}>
        <span>{t("first_due")}</span>
        <DatePicker
          id={`${id}first_due`}
          allowClear={false}
          value={dayjs(value.first_due)}
          onChange={(day) => day && onChange({ ...value, first_due: day.format(DAY) })}
        />
      </label>
      <label htmlFor={`${id}every`}>
        <span>{t("every")}</span>
        <InputNumber
          id={`${id}every`}
          min={0}
          max={24}
          precision={0}
          value={value.every_months}
          onChange={(every) => onChange({ ...value, every_months: every ?? 0 })}
        />
      </label>
    </div>
  );
}

function Shown({ split }: { split: Split }) {
  const t = useT();
  const format = useFormat();
  return (
    <ol className={styles.shown}>
      {split.instalments.map((row, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are the numbers
        <li key={n}>
          <span>{t("nth", { n: n + 1 })}</span>
          <span className="gx-3">{format.date(row.due_on)}</span>
          <Money exact value={row.amount} currency={split.currency} />
        </li>
      ))}
    </ol>
  );
}

const newRow = (due_on: string): PartRow => ({ key: crypto.randomUUID(), due_on, value: null });

/** What is listed, once every row has a day and a number. */
function listed(mode: "percent" | "amount", rows: PartRow[]): SplitBody | null {
  if (rows.length === 0 || rows.some((row) => !row.due_on || !row.value)) return null;
  return {
    instalments: rows.map(({ due_on, value }) =>
      mode === "percent" ? { due_on, percent: String(value) } : { due_on, amount: amountOf(cents(value)) },
    ),
  };
}
