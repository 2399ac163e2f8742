/** Something a payment could pay: an instalment, with the invoice that the same money pays, or an invoice by itself. */
import { InputNumber, Select } from "antd";
import { Link } from "react-router";
import { recordPath } from "@/engine/records/paths";
import { Chip, RelativeTime, useFormat } from "@/kit";
import { useT } from "./messages";
import type { OpenInvoice, OpenRow } from "./model";
import styles from "./receivables.module.css";

interface Props {
  row: OpenRow;
  currency: string;
  value: number | null;
  onChange: (value: number | null) => void;
  invoices: OpenInvoice[];
  invoice: string | undefined;
  onInvoice: (id: string | undefined) => void;
}

export function OpenItem({ row, currency, value, onChange, invoices, invoice, onInvoice }: Props) {
  const t = useT();
  const format = useFormat();
  const theirs = row.currency ?? currency;
  const proposed = theirs !== currency && value === row.proposed && row.settles > 0;
  const paper = row.sales_order ?? row.contract;
  const link = row.plan ?? row.invoice;
  const alone = row.plan ? undefined : invoices.find((each) => each.invoice.id === row.invoice?.id);
  const name = row.plan?.title ?? t("invoice_no", { number: alone?.number ?? "—" });
  const choice = invoices.filter((each) => (each.currency ?? currency) === theirs);
  return (
    <li>
      <div className={styles.what}>
        {link && (
          <Link className="gx-link" to={recordPath(link.object, link.id)}>
            {paper ? `${paper.title} · ${name}` : name}
          </Link>
        )}
        <span className="gx-3 gx-s12">
          {row.due_on && <RelativeTime value={row.due_on} as="day" />}{" "}
          {t("owes", { amount: format.money(row.outstanding, theirs) })}
          {proposed && ` · ${t("settles", { amount: format.money(row.settles, theirs) })}`}
        </span>
        {row.plan && choice.length > 0 && (
          <Select
            size="small"
            allowClear
            className={styles.choice}
            aria-label={t("which_invoice", { name })}
            placeholder={t("no_invoice")}
            value={invoice ?? null}
            onChange={(id) => onInvoice(id ?? undefined)}
            options={choice.map((each) => ({
              value: each.invoice.id,
              label: `${each.number ?? each.invoice.title} · ${t("owes", { amount: format.money(each.outstanding, theirs) })}`,
            }))}
          />
        )}
      </div>
      {row.status === "overdue" && <Chip tone="bad">{t("status.overdue")}</Chip>}
      <InputNumber
        aria-label={`${t("this_time")} ${name}`}
        placeholder="0.00"
        min={0}
        precision={2}
        max={theirs === currency ? row.outstanding : undefined}
        value={value}
        onChange={onChange}
      />
    </li>
  );
}
