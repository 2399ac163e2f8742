/** What a payment pays: the proposal (what is due first, first) to change and save, and what it has paid so far. */
import { App, Button, Modal, Skeleton } from "antd";
import { useState } from "react";
import type { RecordData } from "@/api/types";
import type { ActionDialogProps } from "@/engine/records/actions/dialogs";
import { Money, problemText, unplacedText, useFormat } from "@/kit";
import { useT } from "./messages";
import { type AllocationRow, amountOf, cents, idOf, type Proposal } from "./model";
import { OpenItem } from "./OpenItem";
import { useAllocate, useProposal } from "./queries";
import styles from "./receivables.module.css";

export function AllocateDialog({ record, onClose }: ActionDialogProps) {
  const t = useT();
  const proposal = useProposal(record.id);
  if (proposal.data) return <Body payment={record} proposal={proposal.data} onClose={onClose} />;
  return (
    <Modal open width={680} title={t("allocate_title")} footer={null} onCancel={onClose}>
      {proposal.isError ? (
        <p className="gx-bad">{problemText(proposal.error)}</p>
      ) : (
        <Skeleton active title={false} paragraph={{ rows: 4 }} />
      )}
    </Modal>
  );
}

function Body({ payment, proposal, onClose }: { payment: RecordData; proposal: Proposal; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const { message } = App.useApp();
  const allocate = useAllocate(payment.id);
  const [typed, setTyped] = useState<Record<string, number | null>>(() =>
    Object.fromEntries(proposal.open.map((row) => [idOf(row), row.proposed || null])),
  );
  const [invoices, setInvoices] = useState<Record<string, string | undefined>>(() =>
    Object.fromEntries(proposal.open.map((row) => [idOf(row), row.invoice?.id])),
  );
  const [back, setBack] = useState<ReadonlySet<string>>(new Set());
  const freed = proposal.allocations.filter((row) => back.has(row.id)).reduce((sum, row) => sum + cents(row.amount), 0);
  const used = Object.values(typed).reduce<number>((sum, value) => sum + cents(value), 0);
  const left = cents(proposal.surplus) + freed - used;
  const lines = proposal.open.filter((row) => cents(typed[idOf(row)]) > 0);
  const save = () =>
    allocate.mutate(
      {
        remove: [...back],
        allocations: lines.map((row) => ({
          ...(row.plan && { plan: row.plan.id }),
          ...(invoices[idOf(row)] && { invoice: invoices[idOf(row)] }),
          amount: amountOf(cents(typed[idOf(row)])),
        })),
      },
      {
        onSuccess: () => {
          void message.success(t("saved"));
          onClose();
        },
      },
    );
  const turn = (id: string) =>
    setBack((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <Modal
      open
      width={680}
      title={t("allocate_title")}
      okText={t("save")}
      okButtonProps={{ disabled: left < 0 || (lines.length === 0 && back.size === 0), loading: allocate.isPending }}
      onOk={save}
      onCancel={onClose}
    >
      <div className={styles.dialog}>
        <p className={styles.lead}>
          <span className="gx-3">{t("surplus")}</span>
          <b>
            <Money exact value={proposal.surplus} currency={proposal.currency} />
          </b>
          <span className={left < 0 ? "gx-bad" : "gx-3"}>
            {left < 0
              ? t("over", { amount: format.money(amountOf(-left), proposal.currency) })
              : t("after", { amount: format.money(amountOf(left), proposal.currency) })}
          </span>
        </p>
        {proposal.open.length === 0 && (
          <p className="gx-2">{t(payment.customer ? "nothing_open" : "choose_customer")}</p>
        )}
        <ul className={styles.open}>
          {proposal.open.map((row) => (
            <OpenItem
              key={idOf(row)}
              row={row}
              currency={proposal.currency}
              value={typed[idOf(row)] ?? null}
              onChange={(value) => setTyped((now) => ({ ...now, [idOf(row)]: value }))}
              invoices={proposal.invoices}
              invoice={invoices[idOf(row)]}
              onInvoice={(id) => setInvoices((now) => ({ ...now, [idOf(row)]: id }))}
            />
          ))}
        </ul>
        {proposal.allocations.length > 0 && (
          <Already rows={proposal.allocations} currency={proposal.currency} back={back} onTurn={turn} />
        )}
        {allocate.isError && (
          <p className="gx-bad gx-s13" role="alert">
            {unplacedText(allocate.error)}
          </p>
        )}
      </div>
    </Modal>
  );
}

interface AlreadyProps {
  rows: AllocationRow[];
  currency: string;
  back: ReadonlySet<string>;
  onTurn: (id: string) => void;
}

function Already({ rows, currency, back, onTurn }: AlreadyProps) {
  const t = useT();
  return (
    <>
      <h3 className={styles.head}>{t("already")}</h3>
      <ul className={styles.open}>
        {rows.map((row) => (
          <li key={row.id} className={back.has(row.id) ? styles.gone : undefined}>
            <span className={styles.what}>
              {row.plan?.title ?? (row.invoice ? t("of_invoice", { name: row.invoice.title }) : "—")}
              {row.plan && row.invoice && (
                <span className="gx-3 gx-s12">{t("of_invoice", { name: row.invoice.title })}</span>
              )}
            </span>
            <Money exact value={row.amount} currency={currency} />
            <Button size="small" type="text" onClick={() => onTurn(row.id)}>
              {t(back.has(row.id) ? "keep" : "take_back")}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
