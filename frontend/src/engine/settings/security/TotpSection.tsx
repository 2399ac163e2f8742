import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { allauth } from "@/engine/access/allauth";
import { Chip, kitMessages, useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import { Section } from "../parts/Section";
import styles from "../settings.module.css";
import { QrCode } from "./QrCode";
import { securityKeys, useAuthenticators } from "./queries";
import { RecoveryCodes } from "./RecoveryCodes";
import { useFreshSession } from "./useFreshSession";

const TOTP = "/account/authenticators/totp";

export function TotpSection() {
  const t = settingsMessages.useT();
  const kit = kitMessages.useT();
  const client = useQueryClient();
  const { message } = App.useApp();
  const say = useProblem();
  const fresh = useFreshSession();
  const authenticators = useAuthenticators();
  const [form] = Form.useForm<{ code: string }>();
  const [offer, setOffer] = useState<{ secret: string; url: string } | null>(null);
  const active = authenticators.data?.some((item) => item.type === "totp") ?? false;
  const refresh = () => client.invalidateQueries({ queryKey: securityKeys.authenticators });

  const start = useMutation({
    // "Not found" is the invitation: it carries the secret of the authenticator to be.
    mutationFn: () => fresh.run(() => allauth("GET", TOTP)),
    onSuccess: (answer) => {
      const { secret, totp_url: url } = answer?.meta ?? {};
      if (secret && url) setOffer({ secret, url });
    },
    onError: (error) => say(error),
  });
  const activate = useMutation({
    mutationFn: ({ code }: { code: string }) =>
      fresh.run(() => allauth("POST", TOTP, { code: code.replace(/\s/g, "") })),
    onSuccess: async (answer) => {
      if (!answer) return;
      setOffer(null);
      await refresh();
      message.success(t("security.totpEnabled"));
    },
    onError: (error) => say(error, form),
  });
  const disable = useMutation({
    mutationFn: () => fresh.run(() => allauth("DELETE", TOTP)),
    onSuccess: async (answer) => {
      if (!answer) return;
      await refresh();
      message.success(t("security.totpDisabled"));
    },
    onError: (error) => say(error),
  });

  const state = authenticators.data && (
    <Chip tone={active ? "ok" : "mute"}>{t(active ? "security.totpOn" : "security.totpOff")}</Chip>
  );
  return (
    <>
      <Section title={t("security.totp")} body={t("security.totpBody")} action={state}>
        {offer ? (
          <div className={styles.totp}>
            <QrCode text={offer.url} label={t("security.totp")} />
            <div>
              <p>{t("security.totpScan")}</p>
              <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                className={styles.form}
                onFinish={(values) => activate.mutate(values)}
              >
                <Form.Item
                  name="code"
                  label={t("security.totpCode")}
                  rules={[{ required: true, message: t("required") }]}
                >
                  <Input inputMode="numeric" autoComplete="one-time-code" maxLength={8} autoFocus />
                </Form.Item>
                <Button type="primary" htmlType="submit" loading={activate.isPending}>
                  {t("security.totpConfirm")}
                </Button>{" "}
                <Button onClick={() => setOffer(null)}>{kit("cancel")}</Button>
              </Form>
              <p className={styles.secret}>
                {t("security.totpSecret")}: <code>{offer.secret}</code>
              </p>
            </div>
          </div>
        ) : active ? (
          <Button danger onClick={() => disable.mutate()} loading={disable.isPending}>
            {t("security.totpDisable")}
          </Button>
        ) : (
          <Button onClick={() => start.mutate()} loading={start.isPending}>
            {t("security.totpStart")}
          </Button>
        )}
        {fresh.dialog}
      </Section>
      {active && <RecoveryCodes />}
    </>
  );
}
