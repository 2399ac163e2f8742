/** Another time that a guest would rather have: the event moves there, or they are told that it stays. */
import { App, Button } from "antd";
import { useFormat, useProblem } from "@/kit";
import styles from "./guests.module.css";
import { useT } from "./messages";
import { type Guest, useGuests } from "./queries";

type Time = NonNullable<Guest["proposal"]>;

export function Proposal(props: { event: string; guest: string; time: Time; mayAsk: boolean }) {
  const { event, guest, time, mayAsk } = props;
  const t = useT();
  const say = useProblem();
  const format = useFormat();
  const { modal, message } = App.useApp();
  const { decide } = useGuests(event);
  const start = format.dateTime(time.start_at);
  const answer = (chosen: "accepted" | "declined") =>
    decide.mutateAsync({ guest, answer: chosen }).then(
      () => void message.success(t(chosen === "accepted" ? "moved" : "kept")),
      (error) => say(error),
    );
  const move = () =>
    modal.confirm({ title: t("move_ask", { time: start }), okText: t("move"), onOk: () => answer("accepted") });
  return (
    <div className={styles.proposal}>
      <span>{t("proposes", { time: start })}</span>
      {mayAsk && (
        <span className={styles.answers}>
          <Button size="small" onClick={move}>
            {t("move")}
          </Button>
          <Button size="small" loading={decide.isPending} onClick={() => answer("declined")}>
            {t("keep")}
          </Button>
        </span>
      )}
    </div>
  );
}
