import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { allauth } from "@/engine/access/allauth";
import { useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import { CopyButton } from "../parts/CopyButton";
import { Section } from "../parts/Section";
import styles from "../settings.module.css";
import { securityKeys, useAuthenticators } from "./queries";
import { useFreshSession } from "./useFreshSession";

const PATH = "/account/authenticators/recovery-codes";

export function RecoveryCodes() {
  const t = settingsMessages.useT();
  const client = useQueryClient();
  const say = useProblem();
  const fresh = useFreshSession();
  const known = useAuthenticators().data?.find((item) => item.type === "recovery_codes");
  const [codes, setCodes] = useState<string[]>([]);
  const load = useMutation({
    mutationFn: (method: "GET" | "POST") =>
      fresh.run(() => allauth<{ unused_codes?: string[] }>(method, PATH, method === "POST" ? {} : undefined)),
    onSuccess: (answer) => {
      setCodes(answer?.data?.unused_codes ?? []);
      void client.invalidateQueries({ queryKey: securityKeys.authenticators });
    },
    onError: (error) => say(error),
  });
  return (
    <Section
      title={t("security.codes")}
      body={t("security.codesBody")}
      action={
        known && (
          <span className="gx-3 gx-s13">
            {t("security.codesLeft", { left: known.unused_code_count ?? 0, total: known.total_code_count ?? 0 })}
          </span>
        )
      }
    >
      {codes.length > 0 && (
        <>
          <ul className={styles.codes}>
            {codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <CopyButton text={codes.join("\n")}>{t("security.codesCopy")}</CopyButton>{" "}
        </>
      )}
      {codes.length === 0 && known && (
        <>
          <Button onClick={() => load.mutate("GET")} loading={load.isPending}>
            {t("security.codesShow")}
          </Button>{" "}
        </>
      )}
      <Popconfirm title={t("security.codesNewAsk")} onConfirm={() => load.mutate("POST")}>
        <Button type="text">{t("security.codesNew")}</Button>
      </Popconfirm>
      {fresh.dialog}
    </Section>
  );
}
