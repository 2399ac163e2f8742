import { Button, Skeleton } from "antd";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Chip, Empty, Icon, problemText, type Tone, useFormat } from "@/kit";
import { Section } from "../parts/Section";
import { AssessmentDrawer } from "./AssessmentDrawer";
import { useEventT } from "./event-messages";
import { type Assessment, useAssessments } from "./events";
import styles from "./privacy.module.css";

const TONES: Record<Assessment["level"], Tone> = { low: "ok", medium: "warn", high: "bad" };

/** Impact assessments, newest first. */
export function AssessmentsTab() {
  const t = useEventT();
  const format = useFormat();
  const { data, error } = useAssessments();
  const [open, setOpen] = useState<Assessment | "new" | null>(null);
  const add = (
    <Button type="primary" icon={<Icon as={Plus} />} onClick={() => setOpen("new")}>
      {t("assessments.new")}
    </Button>
  );
  return (
    <Section
      wide
      title={t("assessments.title")}
      body={t("assessments.body")}
      action={data?.data.length ? add : undefined}
    >
      {error && !data && <Empty title={problemText(error)} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {data?.data.length === 0 && (
        <Empty title={t("assessments.none")} actions={add}>
          {t("assessments.none_body")}
        </Empty>
      )}
      {data && data.data.length > 0 && (
        <ul className={styles.list}>
          {data.data.map((row) => (
            <li key={row.id}>
              <span className={styles.words}>
                <span>
                  <button type="button" className={styles.name} onClick={() => setOpen(row)}>
                    {row.title}
                  </button>
                  <Chip tone={TONES[row.level]}>{t(`assessments.level.${row.level}`)}</Chip>
                  <Chip tone={row.state === "signed" ? "info" : "mute"}>{t(`assessments.${row.state}`)}</Chip>
                </span>
                {row.signed_at && (
                  <span className={styles.facts}>
                    {t("assessments.signed_line", {
                      name: row.signed_by,
                      at: format.date(row.signed_at),
                      until: row.keep_until ?? "",
                    })}
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {open && data && (
        <AssessmentDrawer
          row={open === "new" ? null : open}
          questions={data.questions}
          triggers={data.triggers}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  );
}
