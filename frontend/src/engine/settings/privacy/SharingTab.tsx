import { App, Button, Skeleton } from "antd";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon, problemText, useFormat, useProblem } from "@/kit";
import { Section } from "../parts/Section";
import { type Sharing, useSharing } from "./keeping";
import { useKeepingT } from "./keeping-messages";
import { useT } from "./messages";
import styles from "./privacy.module.css";
import { usePurposes, useRemove } from "./queries";
import { SharingDrawer } from "./SharingDrawer";

/** To whom data was given: processors, recipients, the public, abroad; newest first. */
export function SharingTab() {
  const t = useKeepingT();
  const label = useLabel();
  const { data, error } = useSharing();
  const [editing, setEditing] = useState<Sharing | "new" | null>(null);
  const modes = new Map(data?.modes.map((mode) => [mode.key, label(mode.label)]));
  const add = (
    <Button type="primary" icon={<Icon as={Plus} />} onClick={() => setEditing("new")}>
      {t("sharing.new")}
    </Button>
  );
  return (
    <Section wide title={t("sharing.title")} body={t("sharing.body")} action={data?.data.length ? add : undefined}>
      {error && !data && <Empty title={problemText(error)} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {data?.data.length === 0 && (
        <Empty title={t("sharing.none")} actions={add}>
          {t("sharing.none_body")}
        </Empty>
      )}
      {data && data.data.length > 0 && (
        <ul className={styles.list}>
          {data.data.map((row) => (
            <Row key={row.id} row={row} mode={modes.get(row.mode) ?? row.mode} onEdit={() => setEditing(row)} />
          ))}
        </ul>
      )}
      {editing && data && (
        <SharingDrawer row={editing === "new" ? null : editing} modes={data.modes} onClose={() => setEditing(null)} />
      )}
    </Section>
  );
}

function Row({ row, mode, onEdit }: { row: Sharing; mode: string; onEdit: () => void }) {
  const t = useKeepingT();
  const desk = useT();
  const label = useLabel();
  const format = useFormat();
  const say = useProblem();
  const { modal } = App.useApp();
  const { data: purposes } = usePurposes();
  const remove = useRemove("/privacy/sharing");
  const purpose = purposes?.data.find((each) => each.id === row.purpose_id);
  const from = format.date(row.shared_on);
  const facts = [
    row.ended_on ? t("sharing.line_ended", { from, to: format.date(row.ended_on) }) : t("sharing.line", { from }),
    purpose && label(purpose.name),
    row.data,
    t("sharing.keep_until", { when: format.date(row.keep_until) }),
  ];
  const ask = () =>
    modal.confirm({
      title: t("sharing.delete_ask", { name: row.recipient }),
      icon: null,
      okText: desk("delete"),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync(row.id).catch((error: unknown) => say(error)),
    });
  return (
    <li>
      <span className={styles.words}>
        <span>
          <button type="button" className={styles.name} onClick={onEdit}>
            {row.recipient}
          </button>
          <Chip tone={row.mode === "processor" ? "line" : "warn"}>{mode}</Chip>
        </span>
        <span className={styles.facts}>{facts.filter(Boolean).join(" · ")}</span>
      </span>
      {new Date(row.keep_until) < new Date() && (
        <Button size="small" type="text" danger onClick={ask}>
          {desk("delete")}
        </Button>
      )}
    </li>
  );
}
