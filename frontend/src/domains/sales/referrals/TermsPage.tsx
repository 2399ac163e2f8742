/** Settings: what is given for customers that were referred. */
import { Alert, App, Button, InputNumber, Segmented, Skeleton } from "antd";
import { useState } from "react";
import { Section } from "@/engine/settings/parts/Section";
import { problemText, usePageTitle, useProblem } from "@/kit";
import { useT } from "./messages";
import type { Terms } from "./model";
import { useTerms } from "./queries";
import styles from "./referrals.module.css";

const KINDS = ["none", "fixed", "percent"] as const;
const MOST = 999_999_999;

export function ReferralTermsPage() {
  const t = useT();
  usePageTitle(t("terms"));
  const { terms } = useTerms();
  return (
    <Section title={t("terms")} body={t("terms_body")}>
      {terms.isPending && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {terms.isError && <Alert type="error" showIcon title={problemText(terms.error)} />}
      {terms.data && <Form key={terms.data.version} terms={terms.data} />}
    </Section>
  );
}

function Form({ terms }: { terms: Terms }) {
  const t = useT();
  const say = useProblem();
  const { message } = App.useApp();
  const { save } = useTerms();
  const [kind, setKind] = useState(terms.kind);
  const [amount, setAmount] = useState(terms.amount);
  const [percent, setPercent] = useState(terms.percent);
  const [cap, setCap] = useState(terms.cap);
  const { currency } = terms;
  const isWhole = kind === "none" || (kind === "fixed" ? Boolean(amount) : Boolean(percent));
  const submit = () =>
    save.mutate(
      {
        version: terms.version,
        kind,
        amount: kind === "fixed" ? amount : null,
        percent: kind === "percent" ? percent : null,
        cap: kind === "percent" ? cap : null,
      },
      { onSuccess: () => void message.success(t("saved")), onError: (error) => say(error) },
    );
  return (
    <div className={styles.terms}>
      <Segmented
        aria-label={t("kind")}
        value={kind}
        options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        onChange={setKind}
      />
      {kind === "fixed" && <Amount label={t("amount", { currency })} value={amount} onChange={setAmount} />}
      {kind === "percent" && (
        <>
          <Amount label={t("percent")} value={percent} most={100} onChange={setPercent} />
          <Amount label={t("cap", { currency })} value={cap} onChange={setCap} />
        </>
      )}
      <Button type="primary" loading={save.isPending} disabled={!isWhole} onClick={submit}>
        {t("save")}
      </Button>
      <ul aria-label={t("rules_title")}>
        {(["once", "paid", "chain"] as const).map((key) => (
          <li key={key}>{t(`rules.${key}`)}</li>
        ))}
      </ul>
    </div>
  );
}

interface AmountProps {
  label: string;
  value: string | null;
  most?: number;
  onChange: (value: string | null) => void;
}

function Amount({ label, value, most = MOST, onChange }: AmountProps) {
  return (
    <div className={styles.amount}>
      {label}
      <InputNumber<string>
        stringMode
        aria-label={label}
        min="0.01"
        max={String(most)}
        precision={2}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}
