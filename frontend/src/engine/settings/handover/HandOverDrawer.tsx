import { Alert, Button, Checkbox, Drawer, Skeleton } from "antd";
import { useState } from "react";
import type { Member } from "@/api";
import { problemText, useFormat, useIsPhone, useProblem } from "@/kit";
import { AsyncPicker, type Choice } from "../../fields/shared/AsyncPicker";
import { people } from "../../fields/shared/pickers";
import styles from "./handover.module.css";
import { Lines } from "./Lines";
import { useT } from "./messages";
import { Progress } from "./Progress";
import { type HandOver, isOver, usePreview, useStart, useWhat, type WhatThereIs } from "./queries";

interface Props {
  member: Member;
  /** The account is to be disabled along with it. */
  disabling: boolean;
  open: boolean;
  onClose: () => void;
}

/** Everything somebody has, and who gets it: a plan with its outcome foretold, then the progress of it. */
export function HandOverDrawer({ member, disabling, open, onClose }: Props) {
  const t = useT();
  const phone = useIsPhone();
  const { data, error } = useWhat(member.id);
  const [job, setJob] = useState<HandOver | null>(null);
  const running = job ?? (data?.last && !isOver(data.last) ? data.last : null);
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t("title", { name: member.name })}
      size={phone ? "100%" : 680}
      destroyOnHidden
      styles={{ body: { padding: 0, display: "flex", flexDirection: "column" } }}
    >
      {error && !data && <Alert type="error" title={problemText(error)} banner />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 10 }} className={styles.body} />}
      {data && running && <Progress person={data.person} job={running} onClose={onClose} />}
      {data && !running && (
        <Planning what={data} member={member} disabling={disabling} onStarted={setJob} onClose={onClose} />
      )}
    </Drawer>
  );
}

interface PlanningProps {
  what: WhatThereIs;
  member: Member;
  disabling: boolean;
  onStarted: (job: HandOver) => void;
  onClose: () => void;
}

function Planning({ what, member, disabling, onStarted, onClose }: PlanningProps) {
  const t = useT();
  const format = useFormat();
  const say = useProblem();
  const start = useStart(member.id);
  const active = member.status !== "disabled";
  const [to, setTo] = useState<Choice[]>([]);
  const [others, setOthers] = useState<Record<string, Choice[]>>({});
  const [deactivate, setDeactivate] = useState(disabling);
  const plan = {
    to: to.map((each) => each.id),
    objects: Object.fromEntries(
      Object.entries(others)
        .filter(([, chosen]) => chosen.length > 0)
        .map(([key, chosen]) => [key, chosen.map((each) => each.id)]),
    ),
  };
  const { data: preview, error } = usePreview(member.id, plan);
  const foretold = to.length ? preview : undefined;
  const { manager } = what;
  const nothing = what.total === 0 && what.work.length === 0;
  const barred = what.objects.some((line) => !line.allowed);
  const submit = () =>
    start.mutate({ ...plan, deactivate: active && deactivate }, { onSuccess: onStarted, onError: (e) => say(e) });
  const words = () => {
    if (active && deactivate) return t("submit_disable");
    return what.total ? t("submit", { n: format.number(what.total) }) : t("submit_work");
  };
  return (
    <>
      <div className={styles.body}>
        <p className="gx-2 gx-s13">{what.total ? t("lead", { n: format.number(what.total) }) : t("lead_none")}</p>
        {!nothing && (
          <div className={styles.to}>
            <label htmlFor="hand-over-to">{t("to")}</label>
            <AsyncPicker
              many
              id="hand-over-to"
              label={t("to_placeholder")}
              value={to}
              onChange={setTo}
              source={people}
            />
            <div className={styles.hint}>
              {manager && !to.some((each) => each.id === manager.id) && (
                <Button size="small" onClick={() => setTo([...to, { id: manager.id, title: manager.name }])}>
                  {t("to_manager", { name: manager.name })}
                </Button>
              )}
              <span className="gx-3 gx-s12">{t("to_hint")}</span>
            </div>
            {error && to.length > 0 && <p className="gx-bad gx-s13">{problemText(error)}</p>}
          </div>
        )}
        {!nothing && <Lines what={what} preview={foretold} others={others} onOthers={setOthers} />}
      </div>
      <footer className={styles.foot}>
        {active && !nothing && (
          <div className={styles.disable}>
            <Checkbox checked={deactivate} onChange={(event) => setDeactivate(event.target.checked)}>
              {t("deactivate", { name: member.name })}
            </Checkbox>
            <span className="gx-3 gx-s12">{t("deactivate_hint")}</span>
          </div>
        )}
        <div className={styles.buttons}>
          <Button onClick={onClose}>{t("cancel")}</Button>
          {!nothing && (
            <Button
              type="primary"
              disabled={to.length === 0 || barred || Boolean(error)}
              loading={start.isPending}
              onClick={submit}
            >
              {words()}
            </Button>
          )}
        </div>
      </footer>
    </>
  );
}
