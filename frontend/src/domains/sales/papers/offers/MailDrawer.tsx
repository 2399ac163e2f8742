/** Mailing a quote: to whom, in which words. What is proposed can be changed; the link is put in when it is sent. */
import { Alert, App, Button, Drawer, Form, Input, Segmented, Select, Skeleton } from "antd";
import { useState } from "react";
import { useLocale } from "@/i18n";
import { problemText, useIsPhone, useProblem } from "@/kit";
import { useT } from "./messages";
import type { MailDraft } from "./model";
import styles from "./offers.module.css";
import { useOfferMail } from "./queries";

const LANGUAGES = [
  { value: "zh-CN", label: "中文" },
  { value: "en", label: "English" },
];
const MAX_SUBJECT = 200;
const MAX_BODY = 5000;
const MAX_TO = 10;

interface Props {
  quote: string;
  open: boolean;
  onClose: () => void;
}

export function MailDrawer({ quote, open, onClose }: Props) {
  const t = useT();
  const phone = useIsPhone();
  return (
    <Drawer open={open} onClose={onClose} title={t("mail_title")} size={phone ? "100%" : 560} destroyOnHidden>
      <Languages quote={quote} onDone={onClose} />
    </Drawer>
  );
}

function Languages({ quote, onDone }: { quote: string; onDone: () => void }) {
  const t = useT();
  const [locale, setLocale] = useState<string>(useLocale());
  const { draft } = useOfferMail(quote, locale);
  return (
    <div className={styles.mail}>
      <Segmented aria-label={t("mail_language")} value={locale} options={LANGUAGES} onChange={setLocale} />
      {draft.isPending && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      {draft.isError && <Alert type="error" showIcon title={problemText(draft.error)} />}
      {draft.data && <Mail key={locale} quote={quote} locale={locale} draft={draft.data} onDone={onDone} />}
    </div>
  );
}

interface MailProps {
  quote: string;
  locale: string;
  draft: MailDraft;
  onDone: () => void;
}

function Mail({ quote, locale, draft, onDone }: MailProps) {
  const t = useT();
  const say = useProblem();
  const { message } = App.useApp();
  const { send } = useOfferMail(quote, locale);
  const [to, setTo] = useState(draft.to.filter((each) => each.chosen).map((each) => each.email));
  const [subject, setSubject] = useState(draft.subject);
  const [body, setBody] = useState(draft.body);
  if (draft.to.length === 0) return <Alert type="info" showIcon title={t("to_none")} />;
  const submit = () =>
    send.mutate(
      { to, subject, body },
      {
        onSuccess: () => {
          void message.success(t("mailed"));
          onDone();
        },
        onError: (error) => say(error),
      },
    );
  return (
    <Form layout="vertical" onFinish={submit}>
      <Form.Item label={t("to")} htmlFor="offer-mail-to">
        <Select
          id="offer-mail-to"
          mode="multiple"
          maxCount={MAX_TO}
          value={to}
          options={draft.to.map(({ name, email }) => ({ value: email, label: `${name} <${email}>` }))}
          onChange={setTo}
        />
      </Form.Item>
      <Form.Item label={t("subject")} htmlFor="offer-mail-subject">
        <Input
          id="offer-mail-subject"
          value={subject}
          maxLength={MAX_SUBJECT}
          onChange={(event) => setSubject(event.target.value)}
        />
      </Form.Item>
      <Form.Item label={t("body")} htmlFor="offer-mail-body" extra={t("body_hint")}>
        <Input.TextArea
          id="offer-mail-body"
          value={body}
          maxLength={MAX_BODY}
          autoSize={{ minRows: 10, maxRows: 20 }}
          onChange={(event) => setBody(event.target.value)}
        />
      </Form.Item>
      <Button
        type="primary"
        htmlType="submit"
        loading={send.isPending}
        disabled={to.length === 0 || !subject.trim() || !body.trim()}
      >
        {t("send")}
      </Button>
      {draft.reply_to && (
        <span className={`gx-3 gx-s12 ${styles.replies}`}>{t("replies", { address: draft.reply_to })}</span>
      )}
    </Form>
  );
}
