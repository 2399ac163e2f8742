import { Button } from "antd";
import { ShieldAlert, ShieldCheck, ShieldEllipsis } from "lucide-react";
import { useEffect } from "react";
import { Icon, useFormat, useProblem } from "@/kit";
import styles from "./audit.module.css";
import { auditMessages } from "./messages";
import type { SealState } from "./model";
import { useVerify } from "./queries";

interface Props {
  seal: SealState;
  /** The verification that was the last when one was asked for; null when none is awaited. */
  awaited: string | null;
  onAwait: (last: string | null) => void;
}

/** Whether anybody has changed what happened: the one answer this page owes. */
export function SealCard({ seal, awaited, onAwait }: Props) {
  const t = auditMessages.useT();
  const format = useFormat();
  const say = useProblem();
  const verify = useVerify();
  const at = seal.verified?.at ?? "never";
  useEffect(() => {
    if (awaited !== null && awaited !== at) onAwait(null);
  }, [awaited, at, onAwait]);
  const outside = seal.streams.some((stream) => !stream.is_known_outside);
  const sealed = seal.streams.map((stream) => stream.sealed_at ?? "").sort();
  const latest = sealed.at(-1);
  const state =
    seal.broken.length > 0 ? "broken" : outside ? "outside" : !latest ? "new" : seal.verified ? "ok" : "sealed";
  const bad = state === "broken" || state === "outside";
  const facts = [
    latest ? t("seal.sealed", { time: format.relative(latest) }) : t("seal.never"),
    seal.verified
      ? t("seal.verified", { time: format.relative(seal.verified.at), n: format.number(seal.verified.entries) })
      : t("seal.unverified"),
  ];
  return (
    <div className={styles.seal} data-state={bad ? "bad" : state} role={bad ? "alert" : "status"}>
      <Icon as={bad ? ShieldAlert : state === "ok" ? ShieldCheck : ShieldEllipsis} size={24} />
      <div className={styles.sealWords}>
        <b>{t(`seal.title_${state}`)}</b>
        <span>{facts.join(" · ")}</span>
        {seal.broken.map((each) => (
          <span key={`${each.stream}${each.seq}`} className={styles.broken}>
            {each.text}
          </span>
        ))}
        {state === "outside" && <span className={styles.broken}>{t("seal.outside_hint")}</span>}
      </div>
      <Button
        loading={awaited !== null || verify.isPending}
        onClick={() => {
          onAwait(at);
          verify.mutate(undefined, {
            onError: (error) => {
              onAwait(null);
              say(error);
            },
          });
        }}
      >
        {awaited !== null ? t("seal.verifying") : t("seal.verify")}
      </Button>
    </div>
  );
}
