import { Alert, App, Button, Skeleton } from "antd";
import { ArrowLeft, Download } from "lucide-react";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon, lazyPart, problemText, RelativeTime, useFormat, usePageTitle } from "@/kit";
import { Section } from "../parts/Section";
import { ActStep, AnswerStep } from "./ActSteps";
import { FindStep, VerifyStep } from "./FindSteps";
import { requestsMessages } from "./messages";
import { certificateUrl, type SubjectRequest, TONES, useRequest, useStep } from "./model";
import styles from "./requests.module.css";

const ExtendDialog = lazyPart(async () => (await import("./ExtendDialog")).ExtendDialog);

/** One request, step by step: find, check, act, answer. */
export function RequestPage() {
  const t = requestsMessages.useT();
  const { id = "" } = useParams();
  const { data, error } = useRequest(id);
  usePageTitle(t("page"));
  return (
    <>
      <Link to="/settings/requests" className={styles.back}>
        <Icon as={ArrowLeft} /> {t("back")}
      </Link>
      {error && !data && <Empty title={problemText(error)} />}
      {!data && !error && <Skeleton active />}
      {data && <Ticket request={data} />}
    </>
  );
}

function Ticket({ request }: { request: SubjectRequest }) {
  const t = requestsMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const open = request.status === "open" || request.status === "failed";
  const title = `#${request.number} ${label(request.label)} ${request.is_erased ? "" : request.name}`;
  return (
    <>
      <Section
        wide
        title={title}
        body={`${request.article} · ${t("received", { when: format.date(request.received_at) })}${request.reach ? ` · ${request.reach}` : ""}`}
        action={
          <span className={styles.state}>
            {open && (
              <span className={request.overdue ? styles.late : styles.facts}>
                {request.overdue ? t("overdue") : t("due", { when: format.date(request.due_at) })}
              </span>
            )}
            <Chip tone={TONES[request.status]}>{t(`status.${request.status}`)}</Chip>
            {open && <Ways request={request} />}
          </span>
        }
      >
        {request.extended && <p className="gx-3">{t("extended", { reason: request.extended })}</p>}
        {request.details && <p className={styles.details}>{request.details}</p>}
        {request.error && <Alert type="warning" showIcon title={request.error} />}
        {request.refusal && <p className={styles.details}>{request.refusal.text}</p>}
        {request.answer && <p className={styles.details}>{request.answer.text}</p>}
        {request.certificate && <CertificateCard request={request} />}
      </Section>
      {open && (
        <>
          <FindStep request={request} />
          <VerifyStep request={request} />
          <ActStep request={request} />
          <AnswerStep request={request} />
        </>
      )}
      <Section wide title={t("history")}>
        <ul className={styles.list}>
          {request.events.map((event) => (
            <li key={event.id} className={styles.row}>
              <span className={styles.words}>{t(`event.${event.kind}`)}</span>
              <span className={styles.facts}>{event.actor?.name}</span>
              <RelativeTime value={event.at} className="gx-3" />
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

/** What can be done with an open request besides its steps. */
function Ways({ request }: { request: SubjectRequest }) {
  const t = requestsMessages.useT();
  const step = useStep(request);
  const { modal } = App.useApp();
  const [extending, setExtending] = useState(false);
  const withdraw = () =>
    modal.confirm({
      title: t("withdraw_title"),
      content: t("withdraw_text"),
      icon: null,
      okText: t("withdraw").replace("…", ""),
      onOk: () => step.mutate({ verb: "withdraw" }),
    });
  return (
    <>
      <Button
        size="small"
        disabled={new Date(request.due_at) >= new Date(request.latest)}
        onClick={() => setExtending(true)}
      >
        {t("extend")}
      </Button>
      <Button size="small" type="text" onClick={withdraw}>
        {t("withdraw")}
      </Button>
      {extending && <ExtendDialog request={request} onClose={() => setExtending(false)} />}
    </>
  );
}

function CertificateCard({ request }: { request: SubjectRequest }) {
  const t = requestsMessages.useT();
  const certificate = request.certificate;
  if (!certificate) return null;
  const places = Object.keys(certificate.body.counts).length;
  return (
    <div className={styles.certificate}>
      <div className={styles.words}>
        <b>
          {t("certificate")} {certificate.number}
        </b>
        <span className={styles.facts}>
          {t("counts", { count: places })} · SHA-256 {certificate.hash.slice(0, 16)}…
        </span>
      </div>
      <Button href={certificateUrl(request.id)} icon={<Icon as={Download} />}>
        {t("certificate_get")}
      </Button>
    </div>
  );
}
