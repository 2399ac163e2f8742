/** Choosing whom to ask to an event: those of the customer whose address is known, and colleagues. */
import { Alert, App, Button, Drawer, Form, Select } from "antd";
import { useState } from "react";
import { AsyncPicker, type Choice } from "@/engine/fields/shared/AsyncPicker";
import { people } from "@/engine/fields/shared/pickers";
import { useIsPhone, useProblem } from "@/kit";
import styles from "./guests.module.css";
import { useT } from "./messages";
import { type GuestList, useGuests } from "./queries";

interface Props {
  event: string;
  list: GuestList;
  open: boolean;
  onClose: () => void;
}

export function InviteDrawer({ event, list, open, onClose }: Props) {
  const t = useT();
  const phone = useIsPhone();
  return (
    <Drawer open={open} onClose={onClose} title={t("ask_title")} size={phone ? "100%" : 460} destroyOnHidden>
      <Choices event={event} list={list} onDone={onClose} />
    </Drawer>
  );
}

function Choices({ event, list, onDone }: { event: string; list: GuestList; onDone: () => void }) {
  const t = useT();
  const say = useProblem();
  const { message } = App.useApp();
  const { ask } = useGuests(event);
  const [chosen, setChosen] = useState<string[]>([]);
  const [colleagues, setColleagues] = useState<Choice[]>([]);
  const known = new Map(list.known.map((guest) => [guest.id, guest.object]));
  const to = [
    ...chosen.map((id) => ({ object: known.get(id) ?? "", id })),
    ...colleagues.map(({ id }) => ({ object: "user", id })),
  ];
  const send = () =>
    ask.mutate(to, {
      onSuccess: () => {
        void message.success(t("sent"));
        onDone();
      },
      onError: (error) => say(error),
    });
  return (
    <Form layout="vertical" onFinish={send} className={styles.form}>
      {list.known.length > 0 ? (
        <Form.Item label={t("of_customer")} htmlFor="guests-known">
          <Select
            id="guests-known"
            mode="multiple"
            value={chosen}
            placeholder={t("customer_placeholder")}
            options={list.known.map(({ id, name }) => ({ value: id, label: name }))}
            showSearch={{ optionFilterProp: "label" }}
            onChange={setChosen}
          />
        </Form.Item>
      ) : (
        <Alert type="info" showIcon title={t("none_known")} />
      )}
      <Form.Item label={t("colleagues")} htmlFor="guests-colleagues">
        <AsyncPicker id="guests-colleagues" many source={people} value={colleagues} onChange={setColleagues} />
      </Form.Item>
      <p className="gx-3 gx-s12">
        {t("told")} {list.answers_come_back ? t("here") : t("elsewhere")}
      </p>
      <Button type="primary" htmlType="submit" loading={ask.isPending} disabled={to.length === 0}>
        {t("send")}
      </Button>
    </Form>
  );
}
