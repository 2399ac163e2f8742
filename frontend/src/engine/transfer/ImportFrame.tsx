import { Check, ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { ImportJob, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon, kitMessages, useFormat } from "@/kit";
import { useT } from "./messages";
import styles from "./transfer.module.css";

export const STEPS = ["upload", "map", "preview", "run", "fix", "done"] as const;
export type Step = (typeof STEPS)[number];

interface Props {
  object: ObjectSchema;
  job?: ImportJob;
  step: Step;
  back: string;
  children: ReactNode;
}

export function ImportFrame({ object, job, step, back, children }: Props) {
  const t = useT();
  const label = useLabel();
  const at = STEPS.indexOf(step);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link className={styles.back} to={back} aria-label={kitMessages.t("back")}>
          <Icon as={ChevronLeft} />
        </Link>
        <h1>{t("title", { name: label(object.label_plural) })}</h1>
        <ol className={styles.steps} aria-label={t("steps_label")}>
          {STEPS.map((each, i) => (
            <li
              key={each}
              data-state={i < at ? "done" : i === at ? "now" : "next"}
              aria-current={i === at ? "step" : undefined}
            >
              <span>{i < at ? <Icon as={Check} size={12} /> : i + 1}</span>
              <b>{t(`step.${each}`)}</b>
            </li>
          ))}
        </ol>
      </header>
      {job && <Band job={job} />}
      {children}
    </div>
  );
}

/** Which file, and what has become of it so far. */
function Band({ job }: { job: ImportJob }) {
  const t = useT();
  const format = useFormat();
  const kind = /\.([a-z0-9]+)$/i.exec(job.filename)?.[1]?.toUpperCase() ?? "";
  const after = job.status === "done" || job.status === "undone" || job.status === "running";
  const facts: [string, number, string][] = [
    ["created", job.counts.created, ""],
    ["updated", job.counts.updated, ""],
    ["refused", job.counts.refused, job.counts.refused ? "gx-bad" : ""],
    ["fixed", job.counts.fixed, job.counts.fixed ? "gx-ok" : ""],
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={styles.band} aria-label={job.filename} tabIndex={0}>
      <div className={styles.file}>
        <span className={styles.kind}>{kind.slice(0, 4)}</span>
        <div>
          <b>{job.filename}</b>
          <p className="gx-3">
            {t("rows", { n: format.number(job.row_count) })} · {format.day(job.created_at)}
          </p>
        </div>
      </div>
      {after && (
        <dl>
          {facts.map(([key, value, tone]) => (
            <div key={key}>
              <dt>{t(`count.${key as "created"}`)}</dt>
              <dd className={tone}>{format.number(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
