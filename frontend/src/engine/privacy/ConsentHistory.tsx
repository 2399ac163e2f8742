import { Drawer } from "antd";
import { API } from "@/api/http";
import type { RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { Chip, type Tone, useFormat } from "@/kit";
import styles from "./consent.module.css";
import { useT } from "./messages";
import type { Panel, Word } from "./model";
import { useWords } from "./useWords";

const TONES: Record<Word, Tone> = { given: "ok", withdrawn: "warn", denied: "bad" };

/** Everything a person said, newest first, each with how we know. Nothing here can be changed. */
export function ConsentHistory({ panel, record, onClose }: { panel: Panel; record: RecordData; onClose: () => void }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const words = useWords();
  return (
    <Drawer open size={480} title={t("history")} onClose={onClose}>
      <ul className={styles.entries}>
        {panel.entries.map((entry) => (
          <li key={entry.id}>
            <span>
              <Chip tone={entry.current ? TONES[entry.state] : "mute"}>{t(entry.state)}</Chip>
              <b>{label(entry.purpose_name)}</b>
              <span>{entry.scope === "general" ? words.channel(entry.channel) : words.separate(entry.scope)}</span>
            </span>
            <span className={styles.reason}>
              {format.dateTime(entry.at)} · {words.source(entry.source)} · {t("by", { name: entry.by_name })}
              {entry.expires_at && ` · ${t("expires")} ${format.date(entry.expires_at)}`}
            </span>
            {entry.text_shown && <span className={styles.reason}>“{entry.text_shown}”</span>}
            {entry.note && <span className={styles.reason}>{entry.note}</span>}
            {entry.has_file && (
              <a className="gx-link" href={`${API}/${record.object}/${record.id}/consents/${entry.id}/file`} download>
                {t("proof")}
              </a>
            )}
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
