import { Button, Skeleton } from "antd";
import { useState } from "react";
import { currentLocale } from "@/i18n";
import { Chip, useFormat } from "@/kit";
import { useT } from "./messages";
import type { Notice } from "./model";
import styles from "./privacy.module.css";
import { useDifference } from "./queries";

/** What was published, newest first, each to be compared with the draft. */
export function NoticeVersions({ notice }: { notice: Notice }) {
  const t = useT();
  const format = useFormat();
  const [compared, setCompared] = useState<number | null>(null);
  return (
    <section className={styles.form}>
      <h3>{t("notices.versions")}</h3>
      <ul className={styles.list}>
        {notice.versions.map((version) => (
          <li key={version.id}>
            <span className={styles.words}>
              <span>
                <b>{t("notices.version", { n: version.number })}</b>
                {version.number === notice.current && <Chip tone="ok">{t("notices.current")}</Chip>}
                {version.number > (notice.current ?? 0) && (
                  <Chip tone="info">{t("notices.upcoming", { at: format.dateTime(version.effective_from) })}</Chip>
                )}
              </span>
              <span className={styles.facts}>
                {t("notices.by", { name: version.published_by, at: format.dateTime(version.published_at) })}
                {version.change_note && ` · ${version.change_note}`}
              </span>
            </span>
            <Button
              size="small"
              type="text"
              aria-expanded={compared === version.number}
              onClick={() => setCompared(compared === version.number ? null : version.number)}
            >
              {t("notices.compare")}
            </Button>
          </li>
        ))}
      </ul>
      {compared !== null && <Compared notice={notice} old={compared} />}
    </section>
  );
}

function Compared({ notice, old }: { notice: Notice; old: number }) {
  const t = useT();
  const { data } = useDifference(notice.id, old, notice.version);
  if (!data) return <Skeleton active title={false} />;
  const lines = data.lines[currentLocale() === "en" ? "en" : "zh-CN"];
  const same = lines.every((line) => line.kind === "same");
  return (
    <div className={styles.stack}>
      <h3>{t("notices.compare_with", { n: old })}</h3>
      {same ? (
        <p className="gx-3">{t("notices.no_difference")}</p>
      ) : (
        <div className={styles.lines}>
          {lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and their order never changes
            <div key={i} data-kind={line.kind}>
              {line.kind === "added" ? "+ " : line.kind === "removed" ? "− " : "  "}
              {line.text}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
