import { App, Button, Skeleton } from "antd";
import { Hand, Inbox } from "lucide-react";
import { useNavigate } from "react-router";
import type { Id } from "@/api";
import { useSchema } from "@/api/useSchema";
import { FieldRead, isBlank } from "@/engine/fields";
import { recordPath } from "@/engine/records/paths";
import { useLabel } from "@/i18n";
import { Empty, Icon, PageHeader, problemText, RelativeTime, Tabs, useFormat, usePageTitle, useProblem } from "@/kit";
import styles from "./assignment.module.css";
import { useT } from "./messages";
import type { MyQueue, Waiting } from "./model";
import { useMyQueues, useTake, useWaiting } from "./queries";

const LEAD = "lead";
const BESIDES = ["source", "region", "industry", "need"];

/** Leads that wait in the queues one may take from. */
export function MyQueuesPage() {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const { data, error, isPending } = useMyQueues();
  usePageTitle(t("take_page"));
  const queues = data ?? [];
  return (
    <>
      <PageHeader title={t("take_page")} />
      <div className={styles.page}>
        {error && !data && <Empty title={problemText(error)} />}
        {isPending && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
        {data?.length === 0 && (
          <Empty icon={Inbox} title={t("take_no_queue")}>
            {t("take_no_queue_body")}
          </Empty>
        )}
        {queues[0] && queues.length === 1 && <Queue queue={queues[0]} />}
        {queues.length > 1 && (
          <Tabs
            label={t("queues")}
            items={queues.map((queue) => ({
              key: queue.id,
              label: `${label(queue.name)} ${format.number(queue.waiting)}`,
              children: <Queue queue={queue} />,
            }))}
          />
        )}
      </div>
    </>
  );
}

function Queue({ queue }: { queue: MyQueue }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const say = useProblem();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { data, error } = useWaiting(queue.id);
  const take = useTake(queue.id);
  const grab = (lead: Id | null) =>
    take.mutate(lead, {
      onSuccess: (taken) => {
        void message.success(t("take_done"));
        navigate(recordPath(LEAD, taken.lead));
      },
      onError: (problem) => say(problem),
    });
  if (error && !data) return <Empty title={problemText(error)} />;
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 6 }} />;
  if (data.length === 0) return <Empty icon={Inbox} title={t("take_none", { name: label(queue.name) })} />;
  return (
    <div className={styles.queue}>
      <div className={styles.takeHead}>
        <span className="gx-2 gx-s13">{t("take_waiting", { n: format.number(queue.waiting) })}</span>
        <Button type="primary" icon={<Icon as={Hand} />} loading={take.isPending} onClick={() => grab(null)}>
          {t("take_next")}
        </Button>
      </div>
      <ul className={styles.waiting}>
        {data.map((lead) => (
          <Row key={lead.id} lead={lead} busy={take.isPending} onTake={() => grab(lead.id)} />
        ))}
      </ul>
      {queue.waiting > data.length && <p className="gx-3 gx-s12">{t("take_more", { n: data.length })}</p>}
    </div>
  );
}

function Row({ lead, busy, onTake }: { lead: Waiting; busy: boolean; onTake: () => void }) {
  const t = useT();
  const fields = useSchema().byKey.get(LEAD)?.fields ?? [];
  const name = lead.name ?? lead.company ?? "";
  const shown = BESIDES.flatMap((key) => fields.find((field) => field.key === key) ?? []).filter(
    (field) => !isBlank(lead[field.key]),
  );
  return (
    <li>
      <div className={styles.body}>
        <div className={styles.title}>
          <b className="gx-cut">{name}</b>
          {lead.company && lead.company !== name && <span className="gx-2 gx-s13 gx-cut">{lead.company}</span>}
        </div>
        <div className={`gx-2 gx-s12 ${styles.facts}`}>
          <RelativeTime value={lead.entered_at} />
          {shown.map((field) => (
            <span key={field.key} className="gx-cut">
              <FieldRead field={field} value={lead[field.key]} place="cell" />
            </span>
          ))}
        </div>
      </div>
      <Button disabled={busy} onClick={onTake} aria-label={t("take_of", { name })}>
        {t("take")}
      </Button>
    </li>
  );
}
