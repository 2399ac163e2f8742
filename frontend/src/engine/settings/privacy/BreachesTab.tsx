import { Button, Skeleton } from "antd";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Chip, Empty, Icon, problemText, useFormat } from "@/kit";
import { Section } from "../parts/Section";
import { BreachDrawer } from "./BreachDrawer";
import { useEventT } from "./event-messages";
import { type Breach, useBreaches } from "./events";
import styles from "./privacy.module.css";

const HOUR = 3_600_000;

/** Breaches, newest first, with the clock of those that are open. */
export function BreachesTab() {
  const t = useEventT();
  const format = useFormat();
  const { data, error } = useBreaches();
  const [open, setOpen] = useState<string | "new" | null>(null);
  const add = (
    <Button type="primary" icon={<Icon as={Plus} />} onClick={() => setOpen("new")}>
      {t("breaches.new")}
    </Button>
  );
  return (
    <Section wide title={t("breaches.title")} body={t("breaches.body")} action={data?.length ? add : undefined}>
      {error && !data && <Empty title={problemText(error)} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {data?.length === 0 && (
        <Empty title={t("breaches.none")} actions={add}>
          {t("breaches.none_body")}
        </Empty>
      )}
      {data && data.length > 0 && (
        <ul className={styles.list}>
          {data.map((row) => (
            <li key={row.id}>
              <span className={styles.words}>
                <span>
                  <button type="button" className={styles.name} onClick={() => setOpen(row.id)}>
                    {row.title}
                  </button>
                  <Chip tone={row.closed_at ? "mute" : "warn"}>
                    {t(row.closed_at ? "breaches.closed" : "breaches.open")}
                  </Chip>
                  <Clock row={row} />
                </span>
                <span className={styles.facts}>
                  {t("breaches.discovered_at")} {format.dateTime(row.discovered_at)}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {open && <BreachDrawer id={open === "new" ? undefined : open} onMade={setOpen} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function Clock({ row }: { row: Breach }) {
  const t = useEventT();
  if (row.closed_at) return null;
  if (row.authority_at) return <Chip tone="ok">{t("breaches.told")}</Chip>;
  const left = Math.floor((new Date(row.deadline).getTime() - Date.now()) / HOUR);
  return <Chip tone="bad">{left < 0 ? t("breaches.over") : t("breaches.left", { n: left })}</Chip>;
}
