import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Skeleton } from "antd";
import { MonitorSmartphone } from "lucide-react";
import { allauth } from "@/engine/access/allauth";
import { Chip, Icon, useFormat, useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import { Section } from "../parts/Section";
import styles from "../settings.module.css";
import { deviceName } from "./device-name";
import { isoOf, securityKeys, useSessions } from "./queries";

export function SessionSection() {
  const t = settingsMessages.useT();
  const format = useFormat();
  const client = useQueryClient();
  const { message } = App.useApp();
  const say = useProblem();
  const sessions = useSessions();
  const revoke = useMutation({
    mutationFn: (ids: number[]) => allauth("DELETE", "/auth/sessions", { sessions: ids }),
    onSuccess: () => message.success(t("security.revoked")),
    onError: (error) => say(error),
    onSettled: () => client.invalidateQueries({ queryKey: securityKeys.sessions }),
  });
  const others = (sessions.data ?? []).filter((session) => !session.is_current);
  return (
    <Section
      title={t("security.sessions")}
      body={t("security.sessionsBody")}
      action={
        others.length > 1 && (
          <Button onClick={() => revoke.mutate(others.map((session) => session.id))}>
            {t("security.revokeOthers")}
          </Button>
        )
      }
    >
      {sessions.isPending && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {sessions.data && (
        <ul className={styles.list}>
          {sessions.data.map((session) => (
            <li key={session.id}>
              <Icon as={MonitorSmartphone} size={20} className="gx-3" />
              <div className={styles.grow}>
                <div>
                  <b title={session.user_agent}>{deviceName(session.user_agent)}</b>
                  {session.is_current && <Chip tone="ok">{t("security.thisDevice")}</Chip>}
                </div>
                <span className="gx-3 gx-s12">
                  {session.ip} · {t("security.signedIn", { when: format.relative(isoOf(session.created_at)) })}
                </span>
              </div>
              {!session.is_current && (
                <Button size="small" onClick={() => revoke.mutate([session.id])}>
                  {t("security.revoke")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
