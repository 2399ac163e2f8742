import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { Globe } from "lucide-react";
import { api } from "@/api";
import { Chip, Icon, useProblem } from "@/kit";
import { CopyButton } from "../parts/CopyButton";
import styles from "../settings.module.css";
import { ssoMessages } from "./sso-messages";
import { SSO_KEY, type SsoDomain } from "./sso-model";

/** The mail domains that ways in name: which are proven, and what proves the others. */
export function SsoDomains({ rows }: { rows: SsoDomain[] }) {
  const t = ssoMessages.useT();
  return (
    <>
      <h3 style={{ margin: "20px 0 4px", fontSize: "var(--gx-fs-14)" }}>{t("proofs")}</h3>
      <p className="gx-3 gx-s12" style={{ marginBottom: 8 }}>
        {t("proofsBody")}
      </p>
      <ul className={styles.list}>
        {rows.map((row) => (
          <Domain key={row.domain} row={row} />
        ))}
      </ul>
    </>
  );
}

function Domain({ row }: { row: SsoDomain }) {
  const t = ssoMessages.useT();
  const client = useQueryClient();
  const { message } = App.useApp();
  const say = useProblem();
  const check = useMutation({
    mutationFn: () => api.post("/sso-domains/check", { domain: row.domain }),
    onSuccess: () => message.success(t("proofFound")),
    onError: (error) => say(error),
    onSettled: () => client.invalidateQueries({ queryKey: SSO_KEY }),
  });
  return (
    <li style={{ flexWrap: "wrap" }}>
      <Icon as={Globe} size={20} className="gx-3" />
      <div className={styles.grow}>
        <div>
          <b className="gx-cut">{row.domain}</b>
          <Chip tone={row.how ? "ok" : "warn"}>{t(row.how ? (`proof_${row.how}` as const) : "proofNone")}</Chip>
        </div>
      </div>
      {row.how !== "operator" && (
        <Button size="small" loading={check.isPending} onClick={() => check.mutate()}>
          {t("proofCheck")}
        </Button>
      )}
      {row.how === "" && (
        <div style={{ flexBasis: "100%", paddingBottom: 8 }}>
          <span className="gx-3 gx-s12">{t("proofRecord")}</span>
          {[row.record, row.text].map((text) => (
            <div key={text} className={styles.once} style={{ marginTop: 4 }}>
              <code style={{ overflowWrap: "anywhere" }}>{text}</code>
              <CopyButton text={text}>{t("copy")}</CopyButton>
            </div>
          ))}
        </div>
      )}
    </li>
  );
}
