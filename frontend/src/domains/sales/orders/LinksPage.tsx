/** The links of an order: making one for the customer, and ending those that were made. */
import { Alert, App, Button, Input, InputNumber, Skeleton, Space } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { recordPath } from "@/engine/records/paths";
import { Section } from "@/engine/settings/parts/Section";
import { Chip, problemText, useFormat, usePageTitle, useProblem } from "@/kit";
import styles from "./links.module.css";
import { useT } from "./messages";
import type { OrderLink } from "./model";
import { useOrderLinks } from "./queries";

const DAYS = 90;
const MAX_DAYS = 365;

export function OrderLinksPage() {
  const t = useT();
  const say = useProblem();
  const [query] = useSearchParams();
  const order = query.get("record") ?? "";
  usePageTitle(t("page"));
  const { links, create, end } = useOrderLinks(order);
  const [url, setUrl] = useState<string | null>(null);
  const [days, setDays] = useState(DAYS);
  return (
    <main className={styles.page}>
      <Section
        wide
        title={t("page")}
        body={t("page_body")}
        action={
          <Link className="gx-link" to={recordPath("sales_order", order)}>
            {t("back")}
          </Link>
        }
      >
        <div className={styles.make}>
          <label htmlFor="order-link-days">{t("days")}</label>
          <InputNumber
            id="order-link-days"
            min={1}
            max={MAX_DAYS}
            precision={0}
            value={days}
            onChange={(value) => setDays(value ?? DAYS)}
          />
          <Button
            type="primary"
            loading={create.isPending}
            onClick={() =>
              create.mutate(days, {
                onSuccess: (made) => setUrl(made.url ?? null),
                onError: (error) => say(error),
              })
            }
          >
            {t("make")}
          </Button>
        </div>
        {url && <Made url={url} />}
        {links.isPending && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
        {links.isError && <Alert type="error" showIcon title={problemText(links.error)} />}
        {links.data?.length === 0 && (
          <p className="gx-3">
            {t("no_links")}
            {" · "}
            {t("no_links_body")}
          </p>
        )}
        <ul className={styles.links}>
          {links.data?.map((link) => (
            <LinkRow key={link.id} link={link} onEnd={() => end.mutate(link.id, { onError: (error) => say(error) })} />
          ))}
        </ul>
      </Section>
    </main>
  );
}

function Made({ url }: { url: string }) {
  const t = useT();
  const { message } = App.useApp();
  return (
    <Alert
      type="success"
      title={t("made")}
      description={
        <Space.Compact block>
          <Input readOnly value={url} aria-label={t("page")} />
          <Button onClick={() => void navigator.clipboard.writeText(url).then(() => message.success(t("copied")))}>
            {t("copy")}
          </Button>
        </Space.Compact>
      }
    />
  );
}

function LinkRow({ link, onEnd }: { link: OrderLink; onEnd: () => void }) {
  const t = useT();
  const format = useFormat();
  return (
    <li>
      <Chip tone={link.is_open ? "ok" : "mute"}>{t(link.is_open ? "opens" : "ended")}</Chip>
      <span>{t("made_at", { at: format.dateTime(link.created_at) })}</span>
      <span className="gx-2">{t("until", { day: format.date(link.expires_at) })}</span>
      <span className="gx-3">
        {link.seen_count ? t("seen", { n: link.seen_count, at: format.dateTime(link.last_seen_at) }) : t("unseen")}
      </span>
      {link.is_open && (
        <Button size="small" onClick={onEnd}>
          {t("end")}
        </Button>
      )}
    </li>
  );
}
