import { Button, Segmented, Skeleton } from "antd";
import { CalendarClock, Inbox, Plus } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon, lazyDialog, problemText, useFormat, usePageTitle } from "@/kit";
import { Section } from "../parts/Section";
import { requestsMessages } from "./messages";
import { type RequestRow, TONES, useRequests } from "./model";
import styles from "./requests.module.css";

const NewRequest = lazyDialog(async () => (await import("./NewRequest")).NewRequest);
const DeskSettings = lazyDialog(async () => (await import("./DeskSettings")).DeskSettings);

/** Requests of persons: what is to be answered, by deadline. */
export function RequestsPage() {
  const t = requestsMessages.useT();
  const [state, setState] = useState<"open" | "closed">("open");
  const [adding, setAdding] = useState(false);
  const [setting, setSetting] = useState(false);
  const { data, error } = useRequests(state);
  usePageTitle(t("page"));
  const add = (
    <span className={styles.state}>
      <Button icon={<Icon as={CalendarClock} />} onClick={() => setSetting(true)}>
        {t("settings")}
      </Button>
      <Button type="primary" icon={<Icon as={Plus} />} onClick={() => setAdding(true)}>
        {t("new")}
      </Button>
    </span>
  );
  return (
    <Section wide title={t("page")} body={t("body")} action={add}>
      <Segmented<"open" | "closed">
        value={state}
        onChange={setState}
        options={(["open", "closed"] as const).map((value) => ({ value, label: t(`states.${value}`) }))}
        style={{ marginBottom: 12 }}
      />
      {error && !data && <Empty title={problemText(error)} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {data?.data.length === 0 && (
        <Empty icon={Inbox} title={t("none")}>
          {t("none_body")}
        </Empty>
      )}
      {data && data.data.length > 0 && (
        <ul className={styles.list}>
          {data.data.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
      <DeskSettings open={setting} onClose={() => setSetting(false)} />
      <NewRequest open={adding} onClose={() => setAdding(false)} />
    </Section>
  );
}

function Row({ row }: { row: RequestRow }) {
  const t = requestsMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const running = row.status === "open" || row.status === "working" || row.status === "failed";
  return (
    <li>
      <Link to={row.id} className={styles.row}>
        <span className={styles.number}>#{row.number}</span>
        <span className={styles.words}>
          <span>
            <b>{label(row.label)}</b> {row.is_erased ? <i className="gx-3">{t("erased")}</i> : row.name}
          </span>
          <span className={styles.facts}>
            {row.article} · {row.assignee?.name ?? t("nobody")}
          </span>
        </span>
        {running && (
          <span className={row.overdue ? styles.late : styles.facts}>
            {row.overdue ? t("overdue") : t("due", { when: format.date(row.due_at) })}
          </span>
        )}
        <Chip tone={TONES[row.status]}>{t(`status.${row.status}`)}</Chip>
      </Link>
    </li>
  );
}
