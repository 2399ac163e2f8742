import { Alert, Button, Checkbox, Skeleton } from "antd";
import { useState } from "react";
import { useParams } from "react-router";
import { useLabel } from "@/i18n";
import { problemText, useFormat } from "@/kit";
import styles from "./consent.module.css";
import { useT } from "./messages";
import type { PublicItem } from "./model";
import { PublicSheet } from "./PublicSheet";
import { usePublicConsents } from "./queries";
import { CHANNELS, SEPARATE } from "./words";

const keyOf = (item: PublicItem) => `${item.purpose}/${item.channel}/${item.scope}`;

/** Taking consent back, by whoever got the link: no sign-in, nothing about the person on the page. */
export function WithdrawPage() {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const { token = "" } = useParams();
  const { page, withdraw } = usePublicConsents(token);
  const [chosen, setChosen] = useState<string[]>([]);
  const { data, isError } = page;
  if (isError) {
    return (
      <PublicSheet title={t("dead")}>
        <p className="gx-2">{t("dead_body")}</p>
      </PublicSheet>
    );
  }
  if (!data) {
    return (
      <PublicSheet title="">
        <Skeleton active />
      </PublicSheet>
    );
  }
  const standing = data.items.filter((item) => item.can_withdraw);
  const items = standing
    .filter((item) => chosen.includes(keyOf(item)))
    .map(({ purpose, channel, scope }) => ({ purpose, channel, scope }));
  const send = (body: object) => withdraw.mutate(body, { onSuccess: () => setChosen([]) });
  const where = (item: PublicItem) =>
    item.scope === "general"
      ? item.channel === "general"
        ? ""
        : label(CHANNELS[item.channel])
      : label(SEPARATE[item.scope]);
  return (
    <PublicSheet title={t("withdraw_title", { company: data.company })}>
      {standing.length > 0 && <p className="gx-2">{t("withdraw_body")}</p>}
      {withdraw.isSuccess && <Alert type="success" showIcon title={t("withdraw_done")} role="status" />}
      {withdraw.error && <Alert type="error" showIcon title={problemText(withdraw.error)} />}
      {standing.length === 0 && <p>{t("none_standing")}</p>}
      {data.items.length > 0 && (
        <Checkbox.Group value={chosen} onChange={setChosen} style={{ display: "block" }}>
          <ul className={styles.items}>
            {data.items.map((item) => (
              <li key={keyOf(item)}>
                <Checkbox value={keyOf(item)} disabled={!item.can_withdraw}>
                  <b>{label(item.name)}</b> {where(item)}
                  <div className={styles.reason}>
                    {t("state_at", { state: t(item.state), at: format.date(item.at) })}
                  </div>
                </Checkbox>
              </li>
            ))}
          </ul>
        </Checkbox.Group>
      )}
      {standing.length > 0 && (
        <div className={styles.buttons}>
          <Button
            type="primary"
            size="large"
            disabled={items.length === 0}
            loading={withdraw.isPending}
            onClick={() => send({ items })}
          >
            {t("withdraw")}
          </Button>
          <Button size="large" disabled={withdraw.isPending} onClick={() => send({ all: true })}>
            {t("withdraw_all")}
          </Button>
        </div>
      )}
    </PublicSheet>
  );
}
