import { App, Button, Input } from "antd";
import { useState } from "react";
import { api, send } from "@/api/http";
import { ApiProblem } from "@/api/problem";
import { useLabel } from "@/i18n";
import { useFormat, useProblem } from "@/kit";
import { useEventT } from "./event-messages";
import type { OneBreach } from "./events";
import styles from "./privacy.module.css";
import { useChange } from "./queries";

/** What follows from a breach that is written down: its list of people, the texts, the timeline, its end. */
export function BreachAfter({ row }: { row: OneBreach }) {
  const t = useEventT();
  const label = useLabel();
  const format = useFormat();
  const say = useProblem();
  const { message } = App.useApp();
  const [line, setLine] = useState("");
  const [closing, setClosing] = useState("");
  const address = `/privacy/breaches/${row.id}`;
  const add = useChange((text: string) => api.post(`${address}/events`, { text }));
  const close = useChange((text: string) => api.post(`${address}/close`, { closing: text, version: row.version }));
  const list = useChange(() => download(`${address}/affected`));
  const onError = (error: unknown) => say(error);
  const copy = (text: string) => navigator.clipboard.writeText(text).then(() => message.success(t("breaches.copied")));
  return (
    <div className={styles.form}>
      <h3>{t("breaches.affected")}</h3>
      <div className={styles.actions}>
        <Button
          disabled={!row.object_key}
          title={row.object_key ? undefined : t("breaches.save_first")}
          loading={list.isPending}
          onClick={() => list.mutate(undefined, { onError })}
        >
          {t("breaches.list")}
        </Button>
        {row.listed_at && (
          <span className="gx-3">
            {t("breaches.listed", { n: row.affected ?? 0, at: format.dateTime(row.listed_at) })}
          </span>
        )}
      </div>
      <h3>{t("breaches.texts")}</h3>
      {(["authority", "persons"] as const).map((who) => (
        <details key={who}>
          <summary>{t(`breaches.${who}`)}</summary>
          <div className={styles.stack}>
            <div className={styles.lines}>
              <div>{label(row.rendered[who])}</div>
            </div>
            <div>
              <Button size="small" onClick={() => void copy(label(row.rendered[who]))}>
                {t("breaches.copy")}
              </Button>
            </div>
          </div>
        </details>
      ))}
      <h3>{t("breaches.timeline")}</h3>
      <ul className={styles.list}>
        {row.events.map((event) => (
          <li key={`${event.at}${event.text}`}>
            <span className={styles.words}>
              <span>{event.text}</span>
              <span className={styles.facts}>
                {format.dateTime(event.at)} · {event.by}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {!row.closed_at && (
        <div className={styles.stack} style={{ marginTop: 12 }}>
          <Input.TextArea
            rows={2}
            maxLength={4000}
            value={line}
            aria-label={t("breaches.add")}
            onChange={(event) => setLine(event.target.value)}
          />
          <div>
            <Button
              disabled={!line.trim()}
              loading={add.isPending}
              onClick={() => add.mutate(line, { onSuccess: () => setLine(""), onError })}
            >
              {t("breaches.add")}
            </Button>
          </div>
          <h3>{t("breaches.close")}</h3>
          <Input.TextArea
            rows={2}
            maxLength={4000}
            value={closing}
            placeholder={t("breaches.closing")}
            aria-label={t("breaches.closing")}
            onChange={(event) => setClosing(event.target.value)}
          />
          <div>
            <Button
              disabled={!closing.trim()}
              loading={close.isPending}
              onClick={() => close.mutate(closing, { onError })}
            >
              {t("breaches.close")}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

/** Asks for a file and hands it to the browser. */
async function download(path: string): Promise<void> {
  const response = await send("POST", path, {});
  if (!response.ok) throw await ApiProblem.fromResponse(response);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = "affected.xlsx";
  link.click();
  URL.revokeObjectURL(url);
}
