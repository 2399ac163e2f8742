/** The links of a quote: making one for the customer, and what became of those that were made. */
import { Alert, App, Button, Input, Skeleton, Space } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { recordPath } from "@/engine/records/paths";
import { Section } from "@/engine/settings/parts/Section";
import { Chip, problemText, useFormat, usePageTitle, useProblem } from "@/kit";
import { MailDrawer } from "./MailDrawer";
import { useT } from "./messages";
import type { OfferLink } from "./model";
import styles from "./offers.module.css";
import { useOfferLinks } from "./queries";
import { Signature } from "./SignaturePad";

export function OfferLinksPage() {
  const t = useT();
  const say = useProblem();
  const [query] = useSearchParams();
  const quote = query.get("record") ?? "";
  usePageTitle(t("page"));
  const { links, create, end } = useOfferLinks(quote);
  const [url, setUrl] = useState<string | null>(null);
  const [mails, setMails] = useState(false);
  return (
    <main className={styles.page}>
      <Section
        wide
        title={t("page")}
        body={t("page_body")}
        action={
          <Space wrap>
            <Link className="gx-link" to={recordPath("quote", quote)}>
              {t("back")}
            </Link>
            <Button type="primary" onClick={() => setMails(true)}>
              {t("mail")}
            </Button>
            <Button
              loading={create.isPending}
              onClick={() =>
                create.mutate(undefined, {
                  onSuccess: (made) => setUrl(made.url ?? null),
                  onError: (error) => say(error),
                })
              }
            >
              {t("make")}
            </Button>
          </Space>
        }
      >
        <MailDrawer quote={quote} open={mails} onClose={() => setMails(false)} />
        {url && <Made url={url} />}
        {links.isPending && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
        {links.isError && <Alert type="error" showIcon title={problemText(links.error)} />}
        {links.data?.length === 0 && <p className="gx-3">{t("none_yet")}</p>}
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

function LinkRow({ link, onEnd }: { link: OfferLink; onEnd: () => void }) {
  const t = useT();
  const format = useFormat();
  return (
    <li>
      <div className={styles.linkHead}>
        <Chip tone={link.is_open ? "ok" : "mute"}>{t(link.is_open ? "opens" : "ended")}</Chip>
        <span>{t("made_at", { at: format.dateTime(link.created_at) })}</span>
        <span className="gx-3">
          {link.seen_count ? t("seen", { n: link.seen_count, at: format.dateTime(link.last_seen_at) }) : t("unseen")}
        </span>
        {link.mailed_to.length > 0 && (
          <span className="gx-3">{t("mailed_to", { who: link.mailed_to.join(" · ") })}</span>
        )}
        {link.is_open && (
          <Button size="small" onClick={onEnd}>
            {t("end")}
          </Button>
        )}
      </div>
      {link.answer && (
        <div className={styles.given}>
          <b>{t(`${link.answer}_body`, { name: link.name, at: format.dateTime(link.answered_at) })}</b>
          {link.comment && <p className={styles.terms}>{link.comment}</p>}
          {link.signature && <Signature strokes={link.signature} label={t("signature_of", { name: link.name })} />}
          <p className="gx-3 gx-s12">{t("from", { ip: link.ip })}</p>
          <p className={styles.hash}>{t("hash", { hash: link.document_hash })}</p>
        </div>
      )}
    </li>
  );
}
