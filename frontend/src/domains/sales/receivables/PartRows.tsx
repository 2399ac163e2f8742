/** Instalments as somebody lists them: a day, and an amount or a percentage. */
import { Button, DatePicker, InputNumber } from "antd";
import dayjs from "dayjs";
import { Plus, X } from "lucide-react";
import { Icon, Money, useFormat } from "@/kit";
import { useT } from "./messages";
import { amountOf, cents, DAY, type Split } from "./model";
import styles from "./receivables.module.css";

export interface PartRow {
  key: string;
  due_on: string;
  value: number | null;
}

interface Props {
  mode: "percent" | "amount";
  rows: PartRow[];
  currency: string | null;
  left: number | null;
  shown: Split | undefined;
  onChange: (rows: PartRow[]) => void;
}

export function PartRows({ mode, rows, currency, left, shown, onChange }: Props) {
  const t = useT();
  const set = (key: string, change: Partial<PartRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...change } : row)));
  const last = rows.at(-1)?.due_on ?? "";
  return (
    <>
      <ul className={styles.rows}>
        {rows.map((row, n) => (
          <li key={row.key}>
            <span className="gx-3">{t("nth", { n: n + 1 })}</span>
            <DatePicker
              aria-label={t("due_on")}
              allowClear={false}
              value={row.due_on ? dayjs(row.due_on) : null}
              onChange={(day) => day && set(row.key, { due_on: day.format(DAY) })}
            />
            <InputNumber
              aria-label={t(mode === "percent" ? "percent" : "amount")}
              placeholder={t(mode === "percent" ? "percent" : "amount")}
              min={0}
              max={mode === "percent" ? 100 : undefined}
              precision={2}
              value={row.value}
              onChange={(value) => set(row.key, { value })}
            />
            <span className={styles.worth}>
              {mode === "percent" && shown?.instalments[n] && (
                <Money exact value={shown.instalments[n].amount} currency={currency} />
              )}
            </span>
            <Button
              type="text"
              disabled={rows.length === 1}
              icon={<Icon as={X} size={14} />}
              aria-label={t("remove", { n: n + 1 })}
              onClick={() => onChange(rows.filter((each) => each.key !== row.key))}
            />
          </li>
        ))}
      </ul>
      <div className={styles.under}>
        <Button
          icon={<Icon as={Plus} size={14} />}
          disabled={rows.length >= 120}
          onClick={() => onChange([...rows, { key: crypto.randomUUID(), due_on: last, value: null }])}
        >
          {t("add")}
        </Button>
        <Sum mode={mode} rows={rows} currency={currency} left={left} />
      </div>
    </>
  );
}

function Sum({ mode, rows, currency, left }: Pick<Props, "mode" | "rows" | "currency" | "left">) {
  const t = useT();
  const format = useFormat();
  const sum = rows.reduce((total, row) => total + cents(row.value), 0);
  if (mode === "percent") {
    const off = sum !== 10_000;
    return <span className={off ? "gx-bad" : "gx-3"}>{t("percent_sum", { n: format.number(sum / 100) })}</span>;
  }
  const rest = left === null ? null : cents(left) - sum;
  return (
    <span className={rest !== null && rest < 0 ? "gx-bad" : "gx-3"}>
      {t("sum", { amount: format.money(amountOf(sum), currency) })}
      {rest !== null && rest > 0 && ` · ${t("rest", { amount: format.money(amountOf(rest), currency) })}`}
      {rest !== null && rest < 0 && ` · ${t("over", { amount: format.money(amountOf(-rest), currency) })}`}
    </span>
  );
}
