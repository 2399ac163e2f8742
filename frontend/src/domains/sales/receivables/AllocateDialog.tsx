/** What a payment pays: the proposal (what is due first, first) to change and save, and what it has paid so far. */
import { App, Button, InputNumber, Modal, Skeleton } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { RecordData } from "@/api/types";
import type { ActionDialogProps } from "@/engine/records/actions/dialogs";
import { recordPath } from "@/engine/records/paths";
import { Chip, Money, problemText, RelativeTime, useFormat } from "@/kit";
import { useT } from "./messages";
import { type AllocationRow, amountOf, cents, type OpenPlan, type Proposal } from "./model";
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
    Object.fromEntries(proposal.open.map((row) => [row.plan.id, row.proposed || null])),
  );
  const [back, setBack] = useState<ReadonlySet<string>>(new Set());
  const freed = proposal.allocations.filter((row) => back.has(row.id)).reduce((sum, row) => sum + cents(row.amount), 0);
  const used = Object.values(typed).reduce<number>((sum, value) => sum + cents(value), 0);
  const left = cents(proposal.surplus) + freed - used;
  const lines = proposal.open.filter((row) => cents(typed[row.plan.id]) > 0);
  const save = () =>
    allocate.mutate(
      {
        remove: [...back],
        allocations: lines.map((row) => ({ plan: row.plan.id, amount: amountOf(cents(typed[row.plan.id])) })),
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
            <OpenRow
              key={row.plan.id}
              row={row}
              currency={proposal.currency}
              value={typed[row.plan.id] ?? null}
              onChange={(value) => setTyped((now) => ({ ...now, [row.plan.id]: value }))}
            />
          ))}
        </ul>
        {proposal.allocations.length > 0 && (
          <Already rows={proposal.allocations} currency={proposal.currency} back={back} onTurn={turn} />
        )}
        {allocate.isError && (
          <p className="gx-bad gx-s13" role="alert">
            {problemText(allocate.error)}
          </p>
        )}
      </div>
    </Modal>
  );
}

interface OpenProps {
  row: OpenPlan;
  currency: string;
  value: number | null;
  onChange: (value: number | null) => void;
}

function OpenRow({ row, currency, value, onChange }: OpenProps) {
  const t = useT();
  const format = useFormat();
  const theirs = row.currency ?? currency;
  const proposed = theirs !== currency && value === row.proposed && row.settles > 0;
  return (
    <li>
      <div className={styles.what}>
        <Link className="gx-link" to={recordPath("payment_plan", row.plan.id)}>
          {row.contract ? `${row.contract.title} · ${row.plan.title}` : row.plan.title}
        </Link>
        <span className="gx-3 gx-s12">
          {row.due_on && <RelativeTime value={row.due_on} as="day" />}{" "}
          {t("owes", { amount: format.money(row.outstanding, theirs) })}
          {proposed && ` · ${t("settles", { amount: format.money(row.settles, theirs) })}`}
        </span>
      </div>
      {row.status === "overdue" && <Chip tone="bad">{t("status.overdue")}</Chip>}
      <InputNumber
        aria-label={`${t("this_time")} ${row.plan.title}`}
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
            <span className={styles.what}>{row.plan?.title ?? "—"}</span>
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
