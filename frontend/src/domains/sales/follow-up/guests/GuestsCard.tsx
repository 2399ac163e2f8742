/** Who is asked to an event, and what they answered. */
import { App, Button, Dropdown } from "antd";
import { CalendarPlus, Ellipsis } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import type { ObjectSchema, RecordData } from "@/api/types";
import { recordPath } from "@/engine/records/paths";
import { Avatar, Card, Chip, Icon, Logo, type Tone, useFormat, useProblem } from "@/kit";
import styles from "./guests.module.css";
import { InviteDrawer } from "./InviteDrawer";
import { useT } from "./messages";
import { Proposal } from "./Proposal";
import { type Guest, useGuests } from "./queries";

const TONES: Record<Guest["state"], Tone> = {
  asked: "mute",
  accepted: "ok",
  tentative: "warn",
  declined: "bad",
  withdrawn: "mute",
};

export function GuestsCard({ record }: { object: ObjectSchema; record: RecordData }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const { guests } = useGuests(record.id);
  const { data } = guests;
  if (!data || (data.data.length === 0 && !data.may_ask)) return null;
  const invite = data.may_ask && (
    <Button type="link" size="small" icon={<Icon as={CalendarPlus} size={14} />} onClick={() => setOpen(true)}>
      {t("ask")}
    </Button>
  );
  return (
    <Card title={t("title")} count={data.data.length || undefined} more={invite} className={styles.card}>
      {data.data.length > 0 && (
        <ul className={styles.list}>
          {data.data.map((guest) => (
            <OneGuest key={guest.id} event={record.id} guest={guest} mayAsk={data.may_ask} />
          ))}
        </ul>
      )}
      <InviteDrawer event={record.id} list={data} open={open} onClose={() => setOpen(false)} />
    </Card>
  );
}

function OneGuest({ event, guest, mayAsk }: { event: string; guest: Guest; mayAsk: boolean }) {
  const t = useT();
  const format = useFormat();
  const name = guest.name ?? t("hidden");
  const isPerson = guest.object === "user";
  const shown = isPerson ? <Avatar id={guest.record_id ?? guest.id} name={name} /> : <Logo name={name} />;
  return (
    <li>
      {shown}
      <span className={styles.name}>
        {guest.record_id && !isPerson ? (
          <Link className="gx-link" to={recordPath(guest.object, guest.record_id)}>
            {name}
          </Link>
        ) : (
          name
        )}
      </span>
      <span title={guest.answered_at ? format.dateTime(guest.answered_at) : undefined}>
        <Chip tone={TONES[guest.state]}>{t(`states.${guest.state}`)}</Chip>
      </span>
      {mayAsk && guest.record_id && <Actions event={event} guest={guest} name={name} />}
      {guest.proposal && <Proposal event={event} guest={guest.id} time={guest.proposal} mayAsk={mayAsk} />}
    </li>
  );
}

function Actions({ event, guest, name }: { event: string; guest: Guest; name: string }) {
  const t = useT();
  const say = useProblem();
  const { modal, message } = App.useApp();
  const { ask, withdraw } = useGuests(event);
  const again = () =>
    ask.mutate([{ object: guest.object, id: guest.record_id ?? "" }], {
      onSuccess: () => void message.success(t("sent")),
      onError: (error) => say(error),
    });
  const end = () =>
    modal.confirm({
      title: t("withdraw_ask", { name }),
      okText: t("withdraw"),
      onOk: () =>
        withdraw.mutateAsync(guest.id).then(
          () => void message.success(t("withdrawn")),
          (error) => say(error),
        ),
    });
  const items = [
    { key: "again", label: t("again"), onClick: again },
    ...(guest.state === "withdrawn" ? [] : [{ key: "end", label: t("withdraw"), danger: true, onClick: end }]),
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <Button type="text" size="small" icon={<Icon as={Ellipsis} />} aria-label={t("more", { name })} />
    </Dropdown>
  );
}
