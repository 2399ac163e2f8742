/** A quote on a page of its own, for a customer without an account: to read, to print, to accept or to decline. */
import { Alert, Button, Input, Skeleton } from "antd";
import { useState } from "react";
import { useParams } from "react-router";
import { isProblem } from "@/api/problem";
import { PublicSheet } from "@/engine/privacy/PublicSheet";
import { useLocale } from "@/i18n";
import { problemText, unplacedText, useFormat } from "@/kit";
import { useT } from "./messages";
import type { Offer, Strokes } from "./model";
import styles from "./offers.module.css";
import { PaperSheet } from "./PaperSheet";
import { type Answer, useOffer } from "./queries";
import { Signature, SignaturePad } from "./SignaturePad";

export function OfferPage() {
  const t = useT();
  const format = useFormat();
  const { token = "" } = useParams();
  const locale = useLocale();
  const { page, answer } = useOffer(token, locale);
  const { data } = page;
  if (page.isError) {
    return (
      <PublicSheet title={t("dead")}>
        <p className="gx-2">
          {isProblem(page.error) && page.error.status === 404 ? t("dead_body") : problemText(page.error)}
        </p>
      </PublicSheet>
    );
  }
  if (!data) {
    return (
      <PublicSheet title="">
        <Skeleton active paragraph={{ rows: 12 }} />
      </PublicSheet>
    );
  }
  const { paper } = data;
  return (
    <PublicSheet title={t("hello", { firm: paper.seller.name })}>
      <p className={styles.facts}>
        <b>
          {paper.kind} {paper.number}
        </b>
        {paper.title && <span>{paper.title}</span>}
        {paper.buyer.name && <span>{paper.buyer.name}</span>}
        {paper.until && <span className="gx-3">{t("until", { day: format.date(paper.until) })}</span>}
        <a
          className="gx-link"
          href={`/api/v1/public/offers/${token}/pdf?locale=${locale}`}
          target="_blank"
          rel="noreferrer"
        >
          {t("pdf")}
        </a>
      </p>
      <Outcome offer={data} />
      <PaperSheet paper={paper} />
      {paper.has_tax && <p className="gx-3 gx-s13">{t(paper.tax_included ? "included" : "added")}</p>}
      {data.state === "open" && (
        <AnswerForm error={answer.error} sending={answer.isPending} onSend={(body) => answer.mutate(body)} />
      )}
    </PublicSheet>
  );
}

function Outcome({ offer }: { offer: Offer }) {
  const t = useT();
  const format = useFormat();
  if (offer.state === "open") return null;
  if (offer.state === "expired") {
    return (
      <Alert
        type="warning"
        showIcon
        title={t("expired")}
        description={t("expired_body", { day: format.date(offer.paper.until) })}
      />
    );
  }
  const said = offer.name
    ? t(`${offer.state}_body`, { name: offer.name, at: format.dateTime(offer.answered_at) })
    : t("by_firm");
  return (
    <Alert
      type={offer.state === "accepted" ? "success" : "info"}
      showIcon
      title={t(offer.state)}
      role="status"
      description={
        <>
          <p>{said}</p>
          {offer.signature && <Signature strokes={offer.signature} label={t("signature_of", { name: offer.name })} />}
          {offer.document_hash && <p className={styles.hash}>{t("hash", { hash: offer.document_hash })}</p>}
        </>
      }
    />
  );
}

function AnswerForm({ error, sending, onSend }: { error: unknown; sending: boolean; onSend: (body: Answer) => void }) {
  const t = useT();
  const [name, setName] = useState("");
  const [comment, setComment] = useState("");
  const [strokes, setStrokes] = useState<Strokes>([]);
  const body = { name: name.trim(), ...(comment.trim() ? { comment: comment.trim() } : {}) };
  return (
    <section className={styles.answer}>
      <h2>{t("your_answer")}</h2>
      <label htmlFor="offer-name">{t("name")}</label>
      <Input
        id="offer-name"
        size="large"
        autoComplete="name"
        maxLength={60}
        value={name}
        onChange={(e) => setName(e.target.value)}
      />
      <label htmlFor="offer-comment">{t("comment")}</label>
      <Input.TextArea
        id="offer-comment"
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={500}
        value={comment}
        onChange={(e) => setComment(e.target.value)}
      />
      <div className={styles.padHead}>
        <span>{t("sign")}</span>
        <Button type="text" size="small" disabled={strokes.length === 0} onClick={() => setStrokes([])}>
          {t("clear")}
        </Button>
      </div>
      <SignaturePad value={strokes} onChange={setStrokes} label={t("sign")} />
      <p className="gx-3 gx-s13">{t("agree")}</p>
      {error !== null && error !== undefined && <Alert type="error" showIcon title={unplacedText(error)} />}
      <div className={styles.buttons}>
        <Button
          type="primary"
          size="large"
          loading={sending}
          onClick={() => onSend({ ...body, answer: "accepted", signature: strokes })}
        >
          {t("accept")}
        </Button>
        <Button size="large" disabled={sending} onClick={() => onSend({ ...body, answer: "declined" })}>
          {t("decline")}
        </Button>
      </div>
    </section>
  );
}
