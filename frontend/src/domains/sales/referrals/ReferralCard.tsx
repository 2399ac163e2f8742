/** Whom a customer or a contact brought, who brought them, and the code to recommend by. */
import { App, Button, Input, Space } from "antd";
import { Copy, Link2 } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import type { ObjectSchema, RecordData } from "@/api/types";
import { recordPath } from "@/engine/records/paths";
import { Card, Chip, Icon, type Tone, useFormat, useProblem } from "@/kit";
import { useT } from "./messages";
import type { ReferralRow, Referrals, State } from "./model";
import { useReferrals } from "./queries";
import styles from "./referrals.module.css";

const TONES: Record<State, Tone> = { open: "mute", due: "warn", paid: "ok", closed: "mute", void: "mute" };
const FEW = 6;

export function ReferralCard({ object, record }: { object: ObjectSchema; record: RecordData }) {
  const t = useT();
  const [all, setAll] = useState(false);
  const { referrals, makeCode, broughtBy } = useReferrals(object.key, record);
  const { data } = referrals;
  if (!data) return null;
  const rows = data.brought ?? [];
  const may = data.may_make && object.can.edit;
  if (!may && !data.code && !data.brought_by && rows.length === 0) return null;
  const more = rows.length > FEW && (
    <Button type="link" size="small" onClick={() => setAll(!all)}>
      {all ? t("fewer") : t("more", { n: rows.length })}
    </Button>
  );
  return (
    <Card title={t("title")} count={rows.length || undefined} more={more} className={styles.card}>
      <div className={styles.body}>
        {data.brought_by && <BroughtBy row={data.brought_by} />}
        <Code data={data} may={may} onMake={makeCode.mutate} making={makeCode.isPending} />
        <Influence data={data} />
        {rows.length > 0 && (
          <ul className={styles.rows} aria-label={t("brought")}>
            {(all ? rows : rows.slice(0, FEW)).map((row) => (
              <Brought key={row.id} row={row} currency={data.currency} />
            ))}
          </ul>
        )}
        {object.key === "customer" && data.brought !== null && !data.brought_by && may && (
          <Register onRegister={broughtBy.mutateAsync} />
        )}
      </div>
    </Card>
  );
}

function BroughtBy({ row }: { row: ReferralRow }) {
  const t = useT();
  const who = row.referrer?.title ?? "—";
  return (
    <p>
      <Link className="gx-link" to={recordPath("referral", row.id)}>
        {row.referrer_contact
          ? t("brought_by_person", { who, person: row.referrer_contact.title })
          : t("brought_by", { who })}
      </Link>
    </p>
  );
}

interface CodeProps {
  data: Referrals;
  may: boolean;
  onMake: () => void;
  making: boolean;
}

function Code({ data, may, onMake, making }: CodeProps) {
  const t = useT();
  const { message } = App.useApp();
  const copy = (text: string) => void navigator.clipboard.writeText(text).then(() => message.success(t("copied")));
  if (!data.code)
    return may ? (
      <Button size="small" loading={making} onClick={onMake}>
        {t("make_code")}
      </Button>
    ) : null;
  const code = data.code;
  return (
    <p className={styles.code}>
      <span className="gx-2">{t("code")}</span>
      <b>{code}</b>
      <Button
        type="text"
        size="small"
        icon={<Icon as={Copy} size={14} />}
        aria-label={`${t("copy")} ${code}`}
        onClick={() => copy(code)}
      />
      {data.links.map((link) => (
        <Button
          key={link.url}
          type="text"
          size="small"
          icon={<Icon as={Link2} size={14} />}
          onClick={() => copy(link.url)}
        >
          {t("copy_link", { name: link.name })}
        </Button>
      ))}
    </p>
  );
}

function Influence({ data }: { data: Referrals }) {
  const t = useT();
  const format = useFormat();
  const { influence, rewards, currency } = data;
  if (!influence || influence.people === 0) return null;
  const money = (value: number | string) => format.money(value, currency);
  const { people, direct, levels } = influence;
  const whole =
    influence.revenue === null
      ? t("influence_people", { people })
      : t("influence_of", { people, revenue: money(influence.revenue) });
  const parts = [
    levels > 1 && influence.direct_revenue !== null
      ? t("of_which", { direct, revenue: money(influence.direct_revenue) })
      : null,
    levels > 1 ? t("chain", { levels }) : null,
    influence.cut ? t("cut") : null,
  ].filter(Boolean);
  const isRewarded = rewards && (Number(rewards.due) > 0 || Number(rewards.paid) > 0);
  return (
    <div>
      <p>
        <span className="gx-2">{t("influence")}</span> <b className="gx-num">{whole}</b>
      </p>
      {parts.length > 0 && <p className="gx-3 gx-s12">{parts.join(" · ")}</p>}
      {isRewarded && (
        <p className="gx-3 gx-s12">{t("rewards", { due: money(rewards.due), paid: money(rewards.paid) })}</p>
      )}
    </div>
  );
}

function Brought({ row, currency }: { row: ReferralRow; currency: string }) {
  const t = useT();
  const format = useFormat();
  return (
    <li>
      <Link className="gx-link" to={recordPath("referral", row.id)}>
        {row.customer?.title ?? row.title}
      </Link>
      <Chip tone={TONES[row.status]}>{t(`states.${row.status}`)}</Chip>
      <span className="gx-3 gx-s12">
        {[
          row.referred_on && format.day(row.referred_on),
          row.revenue != null && t("paid", { amount: format.money(row.revenue, currency) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
    </li>
  );
}

function Register({ onRegister }: { onRegister: (code: string) => Promise<unknown> }) {
  const t = useT();
  const say = useProblem();
  const { message } = App.useApp();
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const send = () => {
    if (!code.trim()) return;
    setBusy(true);
    onRegister(code)
      .then(() => message.success(t("registered")))
      .catch((error: unknown) => say(error))
      .finally(() => setBusy(false));
  };
  return (
    <Space.Compact className={styles.register}>
      <Input
        size="small"
        value={code}
        maxLength={40}
        placeholder={t("enter_code")}
        aria-label={t("enter_code")}
        onChange={(event) => setCode(event.target.value)}
        onPressEnter={send}
      />
      <Button size="small" loading={busy} disabled={!code.trim()} onClick={send}>
        {t("enter")}
      </Button>
    </Space.Compact>
  );
}
