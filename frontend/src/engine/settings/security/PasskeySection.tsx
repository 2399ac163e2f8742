import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Popconfirm, Space } from "antd";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { allauth } from "@/engine/access/allauth";
import { createPasskey, passkeysSupported } from "@/engine/access/passkeys";
import { Icon, useFormat, useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import { Section } from "../parts/Section";
import styles from "../settings.module.css";
import { deviceName } from "./device-name";
import { isoOf, securityKeys, useAuthenticators } from "./queries";
import { useFreshSession } from "./useFreshSession";

export function PasskeySection() {
  const t = settingsMessages.useT();
  const format = useFormat();
  const client = useQueryClient();
  const { message } = App.useApp();
  const say = useProblem();
  const fresh = useFreshSession();
  const [name, setName] = useState(() => deviceName(navigator.userAgent));
  const keys = useAuthenticators().data?.filter((item) => item.type === "webauthn") ?? [];
  const refresh = () => client.invalidateQueries({ queryKey: securityKeys.authenticators });
  const add = useMutation({
    mutationFn: () => fresh.run(() => createPasskey(name.trim())),
    onSuccess: async (answer) => {
      if (answer?.status !== 200) return;
      await refresh();
      message.success(t("security.passkeyAdded"));
    },
    onError: () => message.error(t("security.passkeyFailed")),
  });
  const remove = useMutation({
    mutationFn: (id: number) =>
      fresh.run(() => allauth("DELETE", "/account/authenticators/webauthn", { authenticators: [id] })),
    onError: (error) => say(error),
    onSettled: refresh,
  });
  return (
    <Section title={t("security.passkeys")} body={t("security.passkeysBody")}>
      {keys.length > 0 && (
        <ul className={styles.list} style={{ marginBottom: 12 }}>
          {keys.map((key) => (
            <li key={key.id}>
              <Icon as={KeyRound} size={20} className="gx-3" />
              <div className={styles.grow}>
                <b>{key.name}</b>
                <div className="gx-3 gx-s12">
                  {key.last_used_at
                    ? t("security.lastUsed", { when: format.relative(isoOf(key.last_used_at)) })
                    : t("security.neverUsed")}
                </div>
              </div>
              <Popconfirm
                title={t("security.passkeyDeleteAsk", { name: key.name ?? "" })}
                onConfirm={() => key.id !== undefined && remove.mutate(key.id)}
              >
                <Button size="small" danger>
                  {t("security.passkeyDelete")}
                </Button>
              </Popconfirm>
            </li>
          ))}
        </ul>
      )}
      {passkeysSupported() ? (
        <Space.Compact className={styles.form}>
          <Input
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={80}
            aria-label={t("security.passkeyName")}
            placeholder={t("security.passkeyName")}
          />
          <Button onClick={() => add.mutate()} loading={add.isPending} disabled={!name.trim()}>
            {t("security.passkeyAdd")}
          </Button>
        </Space.Compact>
      ) : (
        <p className="gx-3 gx-s13">{t("security.passkeyUnsupported")}</p>
      )}
      {fresh.dialog}
    </Section>
  );
}
