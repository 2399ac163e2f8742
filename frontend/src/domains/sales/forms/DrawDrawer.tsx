import { Alert, App, Button, Drawer, Skeleton } from "antd";
import { Link } from "react-router";
import { CopyButton } from "@/engine/settings/parts/CopyButton";
import { Empty, problemText, useFormat, useIsPhone, useProblem } from "@/kit";
import styles from "./forms.module.css";
import { useT } from "./messages";
import type { DrawLog, Drawn, Prize, WebForm } from "./model";
import { useDraw, useDrawLog } from "./queries";

/** A lottery: its entries, the draw, and the log by which it can be drawn again. */
export function DrawDrawer({ form, onClose }: { form: WebForm; onClose: () => void }) {
  const phone = useIsPhone();
  const { data, error } = useDrawLog(form.id);
  return (
    <Drawer open onClose={onClose} title={form.name} size={phone ? "100%" : 640} destroyOnHidden>
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {error && !data && <Empty title={problemText(error)} />}
      {data && (
        <div className={styles.share}>
          <Standing form={form} log={data} />
          {data.drawn && <Log prizes={data.prizes} drawn={data.drawn} />}
        </div>
      )}
    </Drawer>
  );
}

function Standing({ form, log }: { form: WebForm; log: DrawLog }) {
  const t = useT();
  const say = useProblem();
  const format = useFormat();
  const { modal } = App.useApp();
  const draw = useDraw(form.id);
  const ask = () =>
    modal.confirm({
      title: t("draw_ask"),
      content: t("draw_body", { n: format.number(log.entries) }),
      okText: t("draw"),
      onOk: () => draw.mutateAsync().catch((error) => say(error)),
    });
  const closes = log.closes_at ? `${t("closes")} ${format.dateTime(log.closes_at)}` : "";
  return (
    <section>
      <div className={styles.head}>
        <div>
          <div className={styles.figure}>{format.number(log.entries)}</div>
          <div className="gx-3 gx-s12">{[t("entries"), closes].filter(Boolean).join(" · ")}</div>
        </div>
        {!log.drawn && (
          <Button type="primary" disabled={!log.may_draw || log.entries === 0} loading={draw.isPending} onClick={ask}>
            {t("draw")}
          </Button>
        )}
      </div>
      {!log.drawn && (log.entries === 0 || !log.may_draw) && (
        <p className="gx-3 gx-s12">{t(log.may_draw ? "nobody" : "not_yet")}</p>
      )}
      <Hash name={t("commitment")} value={log.commitment} />
      <p className="gx-3 gx-s12">{t("commitment_hint")}</p>
    </section>
  );
}

function Log({ prizes, drawn }: { prizes: Prize[]; drawn: Drawn }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <section>
        <h3>{t("wins")}</h3>
        <p className="gx-3 gx-s12">{t("drawn_by", { name: drawn.by, time: format.dateTime(drawn.at) })}</p>
        <ul className={styles.wins}>
          {drawn.wins.map((win) => (
            <li key={win.number}>
              <span>{prizes[win.prize]?.name}</span>
              {win.lead ? (
                <Link className="gx-link" to={`/o/lead/${win.lead.id}`}>
                  {win.lead.title}
                </Link>
              ) : (
                <span className="gx-3">{t("hidden_lead")}</span>
              )}
              <code>{win.number}</code>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>{t("how")}</h3>
        <Alert type={drawn.holds ? "success" : "error"} showIcon title={t(drawn.holds ? "holds" : "broken")} />
        <p className="gx-2 gx-s13">{t("how_body")}</p>
        <Hash name={t("seed")} value={drawn.seed} />
        <Hash name={t("digest")} value={drawn.digest} />
        <div>
          <CopyButton text={drawn.numbers.join("\n")}>{t("numbers")}</CopyButton>
        </div>
      </section>
    </>
  );
}

function Hash({ name, value }: { name: string; value: string }) {
  return (
    <div className={styles.hash}>
      <div className="gx-3 gx-s12">{name}</div>
      <code>{value}</code>
    </div>
  );
}
