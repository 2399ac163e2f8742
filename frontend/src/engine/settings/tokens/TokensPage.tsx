import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm, Skeleton } from "antd";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { type ApiToken, api, keys, type Page } from "@/api";
import { Chip, Empty, Icon, useFormat, usePageTitle, useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import { Section } from "../parts/Section";
import styles from "../settings.module.css";
import { useSettingsText } from "../useSettingsText";
import { TokenDialog } from "./TokenDialog";

export function TokensPage() {
  const t = settingsMessages.useT();
  const sections = useSettingsText();
  const [creating, setCreating] = useState(false);
  usePageTitle(sections("sections.tokens"));
  const tokens = useQuery({
    queryKey: keys.tokens,
    queryFn: async ({ signal }) => {
      const answer = await api.get<Page<ApiToken> | ApiToken[]>("/tokens", { signal });
      return Array.isArray(answer) ? answer : answer.data;
    },
  });
  const add = (
    <Button type="primary" icon={<Icon as={Plus} />} onClick={() => setCreating(true)}>
      {t("tokens.new")}
    </Button>
  );
  return (
    <Section title={sections("sections.tokens")} body={t("tokens.body")} action={tokens.data?.length ? add : null}>
      {tokens.isPending && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {tokens.data?.length === 0 && (
        <Empty
          icon={KeyRound}
          title={t("tokens.empty")}
          actions={
            <>
              {add}
              <Button href="/api/v1/docs" target="_blank">
                {sections("apiDocs")}
              </Button>
            </>
          }
        >
          {t("tokens.emptyHint")}
        </Empty>
      )}
      {tokens.data && tokens.data.length > 0 && (
        <ul className={styles.list}>
          {tokens.data.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </ul>
      )}
      {creating && <TokenDialog onClose={() => setCreating(false)} />}
    </Section>
  );
}

function TokenRow({ token }: { token: ApiToken }) {
  const t = settingsMessages.useT();
  const format = useFormat();
  const client = useQueryClient();
  const say = useProblem();
  const revoke = useMutation({
    mutationFn: () => api.delete(`/tokens/${token.id}`),
    onError: (error) => say(error),
    onSettled: () => client.invalidateQueries({ queryKey: keys.tokens }),
  });
  const expired = token.expires_at !== null && Date.parse(token.expires_at) < Date.now();
  const facts = [
    `${token.prefix}…`,
    token.expires_at ? t("tokens.expiresOn", { when: format.date(token.expires_at) }) : t("tokens.noExpiry"),
    token.last_used_at ? t("tokens.lastUsed", { when: format.relative(token.last_used_at) }) : t("tokens.neverUsed"),
  ];
  return (
    <li>
      <Icon as={KeyRound} size={20} className="gx-3" />
      <div className={styles.grow}>
        <div>
          <b>{token.name}</b>
          <Chip>{t(token.scopes.includes("write") ? "tokens.readWrite" : "tokens.read")}</Chip>
          {expired && <Chip tone="bad">{t("tokens.expired")}</Chip>}
        </div>
        <span className="gx-3 gx-s12">{facts.join(" · ")}</span>
      </div>
      <Popconfirm title={t("tokens.revokeAsk", { name: token.name })} onConfirm={() => revoke.mutate()}>
        <Button size="small" danger>
          {t("tokens.revoke")}
        </Button>
      </Popconfirm>
    </li>
  );
}
