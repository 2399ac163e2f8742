import { App, Button, DatePicker, Drawer, Input, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useLabel } from "@/i18n";
import { useFormat, useIsPhone, useProblem } from "@/kit";
import type { Plan } from "../model";
import styles from "../targets.module.css";
import { useT } from "./messages";
import type { Contest, ContestBody } from "./model";
import { NameEdit } from "./NameEdit";
import { usePayChanges } from "./queries";
import { WhoEdit } from "./WhoEdit";

interface Props {
  contest: Contest | null;
  plans: Plan[];
  onClose: () => void;
}

const DAY = "YYYY-MM-DD";

/** A competition: what counts, from when to when, what for, who takes part. */
export function ContestDrawer({ contest, plans, onClose }: Props) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const say = useProblem();
  const phone = useIsPhone();
  const { message, modal } = App.useApp();
  const changes = usePayChanges();
  const [body, setBody] = useState<ContestBody>(() => bodyOf(contest, plans, format.today()));
  const set = (patch: Partial<ContestBody>) => setBody((before) => ({ ...before, ...patch }));
  const over = contest?.closed_at != null;
  const save = () =>
    changes.contest.mutate(
      { contest, body },
      {
        onSuccess: () => {
          void message.success(t("saved"));
          onClose();
        },
        onError: (error) => say(error),
      },
    );
  const ask = () =>
    contest &&
    modal.confirm({
      title: t("remove_ask", { name: label(contest.name) }),
      okText: t("remove"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () =>
        changes.removeContest
          .mutateAsync(contest.id)
          .then(onClose)
          .catch((error) => say(error)),
    });
  return (
    <Drawer
      open
      destroyOnHidden
      title={t(contest ? "contest_edit" : "contest_new")}
      size={phone ? "100%" : 520}
      onClose={onClose}
      footer={
        <div className={styles.footBar}>
          <span>
            {contest && (
              <Button danger type="text" onClick={ask}>
                {t("remove")}
              </Button>
            )}
          </span>
          <Button type="primary" disabled={over} loading={changes.contest.isPending} onClick={save}>
            {t("save")}
          </Button>
        </div>
      }
    >
      <div className={styles.form}>
        <NameEdit name={body.name} onChange={(name) => set({ name })} />
        <div className={styles.label}>
          {t("goes_by")}
          <Select
            aria-label={t("goes_by")}
            value={body.plan_id}
            onChange={(value) => set({ plan_id: value })}
            options={plans.map((each) => ({ value: each.id, label: label(each.name) }))}
          />
        </div>
        <div className={styles.label}>
          {t("contest_days")}
          <DatePicker.RangePicker
            aria-label={t("contest_days")}
            allowClear={false}
            value={[dayjs(body.first), dayjs(body.last)]}
            onChange={(days) => days?.[0] && days[1] && set({ first: days[0].format(DAY), last: days[1].format(DAY) })}
          />
        </div>
        <div className={styles.label}>
          {t("prize")}
          <Input
            aria-label={t("prize")}
            maxLength={200}
            value={body.prize}
            onChange={(event) => set({ prize: event.target.value })}
          />
        </div>
        <WhoEdit value={body.people} onChange={(people) => set({ people })} />
        <p className="gx-3 gx-s12">{t("contest_hint")}</p>
      </div>
    </Drawer>
  );
}

function bodyOf(contest: Contest | null, plans: Plan[], today: string): ContestBody {
  if (contest) {
    const { name, plan_id, first, last, prize, people } = contest;
    return { name, plan_id, first, last, prize, people };
  }
  return {
    name: { "zh-CN": "", en: "" },
    plan_id: plans[0]?.id ?? "",
    first: today,
    last: dayjs(today).endOf("month").format(DAY),
    prize: "",
    people: [],
  };
}
