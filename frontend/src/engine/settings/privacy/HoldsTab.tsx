import { App, Button, Skeleton } from "antd";
import { Lock, Plus } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon, problemText, useFormat, useProblem } from "@/kit";
import { Section } from "../parts/Section";
import { HoldDialog } from "./HoldDialog";
import { KeepRules } from "./KeepRules";
import { type Hold, useHolds } from "./keeping";
import { useKeepingT } from "./keeping-messages";
import styles from "./privacy.module.css";
import { useRemove } from "./queries";

/** What must stay: single records for a dispute, whole objects by law. */
export function HoldsTab() {
  const t = useKeepingT();
  const { data, error } = useHolds();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button type="primary" icon={<Icon as={Plus} />} onClick={() => setAdding(true)}>
      {t("holds.new")}
    </Button>
  );
  return (
    <>
      <Section wide title={t("holds.title")} body={t("holds.body")} action={data?.length ? add : undefined}>
        {error && !data && <Empty title={problemText(error)} />}
        {!data && !error && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
        {data?.length === 0 && (
          <Empty icon={Lock} title={t("holds.none")} actions={add}>
            {t("holds.none_body")}
          </Empty>
        )}
        {data && data.length > 0 && (
          <ul className={styles.list}>
            {data.map((hold) => (
              <Row key={hold.id} hold={hold} />
            ))}
          </ul>
        )}
        {adding && <HoldDialog onClose={() => setAdding(false)} />}
      </Section>
      <KeepRules />
    </>
  );
}

function Row({ hold }: { hold: Hold }) {
  const t = useKeepingT();
  const label = useLabel();
  const format = useFormat();
  const say = useProblem();
  const { modal, message } = App.useApp();
  const { byKey } = useSchema();
  const release = useRemove("/privacy/holds");
  const name = hold.title ?? t("holds.gone");
  const ask = () =>
    modal.confirm({
      title: t("holds.release_ask", { name }),
      content: t("holds.release_body"),
      icon: null,
      okText: t("holds.release"),
      onOk: () => release.mutateAsync(hold.id).then(() => void message.success(t("holds.released")), say),
    });
  return (
    <li>
      <span className={styles.words}>
        <span>
          {hold.title === null ? (
            <span className="gx-3">{name}</span>
          ) : (
            <Link to={`/o/${hold.object}/${hold.record_id}`} className={styles.name}>
              {name}
            </Link>
          )}
          <Chip tone="line">{label(byKey.get(hold.object)?.label)}</Chip>
          <Chip tone="warn">
            {hold.until ? t("holds.until_line", { when: format.date(hold.until) }) : t("holds.open_end")}
          </Chip>
        </span>
        <span>{hold.reason}</span>
        {hold.by && (
          <span className={styles.facts}>
            {t("holds.by", { name: hold.by.name, when: format.date(hold.created_at) })}
          </span>
        )}
      </span>
      <span className={styles.actions}>
        <Button size="small" loading={release.isPending} onClick={ask}>
          {t("holds.release")}
        </Button>
      </span>
    </li>
  );
}
