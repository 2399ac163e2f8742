import { App, Button, Skeleton } from "antd";
import { Copy, Plus } from "lucide-react";
import { useState } from "react";
import { Chip, Empty, Icon, problemText, useFormat } from "@/kit";
import { Section } from "../parts/Section";
import { useT } from "./messages";
import type { NoticeRow } from "./model";
import { NoticeDrawer } from "./NoticeDrawer";
import styles from "./privacy.module.css";
import { useNotices } from "./queries";

/** Every notice with the version in force and its public address. */
export function NoticesTab() {
  const t = useT();
  const { data, error } = useNotices();
  const [open, setOpen] = useState<string | "new" | null>(null);
  const add = (
    <Button type="primary" icon={<Icon as={Plus} />} onClick={() => setOpen("new")}>
      {t("notices.new")}
    </Button>
  );
  return (
    <Section wide title={t("notices.title")} body={t("notices.body")} action={data?.length ? add : undefined}>
      {error && !data && <Empty title={problemText(error)} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {data?.length === 0 && (
        <Empty title={t("notices.none")} actions={add}>
          {t("notices.none_body")}
        </Empty>
      )}
      {data && data.length > 0 && (
        <ul className={styles.list}>
          {data.map((row) => (
            <Row key={row.id} row={row} onOpen={() => setOpen(row.id)} />
          ))}
        </ul>
      )}
      {open && <NoticeDrawer id={open === "new" ? undefined : open} onMade={setOpen} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function Row({ row, onOpen }: { row: NoticeRow; onOpen: () => void }) {
  const t = useT();
  const format = useFormat();
  const { message } = App.useApp();
  const copy = () => navigator.clipboard.writeText(row.url).then(() => message.success(t("notices.copied")));
  return (
    <li>
      <span className={styles.words}>
        <span>
          <button type="button" className={styles.name} onClick={onOpen}>
            {row.name}
          </button>
          {row.retired ? (
            <Chip tone="warn">{t("retired")}</Chip>
          ) : row.current ? (
            <Chip tone="ok">{t("notices.version", { n: row.current })}</Chip>
          ) : (
            <Chip>{t("notices.unpublished")}</Chip>
          )}
        </span>
        <span className={styles.facts}>{format.dateTime(row.updated_at)}</span>
      </span>
      {row.current && !row.retired && (
        <Button type="text" size="small" icon={<Icon as={Copy} size={14} />} onClick={() => void copy()}>
          {t("notices.copy")}
        </Button>
      )}
      <Button type="text" size="small" onClick={onOpen}>
        {t("edit")}
      </Button>
    </li>
  );
}
