import { Button } from "antd";
import type { ImportJob, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Chip, useFormat, useProblem } from "@/kit";
import { useT } from "../messages";
import styles from "../transfer.module.css";
import type { ImportMutations } from "../useImport";
import { AlsoMade } from "./AlsoMade";
import { CreateChoices } from "./CreateChoices";
import { OwnerChoice } from "./OwnerChoice";
import { Replaced } from "./Replaced";

interface Props {
  object: ObjectSchema;
  job: ImportJob;
  mutations: ImportMutations;
  onBack: () => void;
}

const OUTCOMES = ["create", "update", "unchanged", "refuse"] as const;
const TONES = { create: "ok", update: "info", unchanged: "mute", refuse: "bad" } as const;

/** What the run will do, before it does it. */
export function PreviewStep({ object, job, mutations, onBack }: Props) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const say = useProblem();
  const { preview } = job;
  if (!preview) return null;
  const again = async (options: Parameters<ImportMutations["patch"]["mutate"]>[0]["options"]) => {
    try {
      await mutations.patch.mutateAsync({ options });
      await mutations.preview.mutateAsync();
    } catch (error) {
      say(error);
    }
  };
  const busy = mutations.patch.isPending || mutations.preview.isPending || job.status === "previewing";
  const good = preview.create + preview.update;
  const columns = shownFields(object, job);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={styles.body} aria-busy={busy} aria-label={t("step.preview")} tabIndex={0}>
        <dl className={styles.outcomes}>
          {OUTCOMES.map((each) => (
            <div key={each}>
              <dt>{t(`outcome.${each}`)}</dt>
              <dd className={each === "refuse" && preview.refuse ? "gx-bad" : undefined}>
                {format.number(preview[each])}
              </dd>
            </div>
          ))}
        </dl>
        {preview.reasons.length > 0 && (
          <section className={styles.reasons}>
            <h2>{t("preview.reasons")}</h2>
            <ul>
              {preview.reasons.map((reason) => (
                <li key={`${reason.field}:${reason.code}:${reason.message}`}>
                  <span>
                    {reason.field && (
                      <b>{label(object.fields.find((field) => field.key === reason.field)?.label, reason.field)}</b>
                    )}{" "}
                    {reason.message}
                    {reason.kinds > 1 && ` ${t("kinds", { n: format.number(reason.kinds) })}`}
                  </span>
                  <span className="gx-bad">{t("rows", { n: format.number(reason.count) })}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <OwnerChoice object={object} job={job} busy={busy} onChange={(options) => void again(options)} />
        <CreateChoices object={object} job={job} busy={busy} onChange={(options) => void again(options)} />
        <Replaced job={job} busy={busy} onChange={(options) => void again(options)} />
        <AlsoMade job={job} />
        <section>
          <h2>{t("preview.first")}</h2>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
          <section className={styles.tableWrap} aria-label={t("preview.first")} tabIndex={0}>
            <table className={styles.first}>
              <thead>
                <tr>
                  <th scope="col">{t("preview.row")}</th>
                  <th scope="col">{t("preview.outcome")}</th>
                  {columns.map((field) => (
                    <th key={field.key} scope="col">
                      {label(field.label)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {preview.rows.slice(0, 20).map((row) => {
                  const outcome = OUTCOMES.find((each) => row.outcome.startsWith(each)) ?? "unchanged";
                  return (
                    <tr key={row.row}>
                      <th scope="row">{row.row}</th>
                      <td>
                        <Chip tone={TONES[outcome]}>{t(`outcome.${outcome}_short`)}</Chip>
                      </td>
                      {columns.map((field) => (
                        <td key={field.key} className="gx-cut">
                          {cellText(row.values[field.key])}
                        </td>
                      ))}
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </section>
        </section>
      </section>
      <footer className={styles.foot}>
        <Button onClick={onBack}>{t("preview.back")}</Button>
        <span className={styles.grow} />
        <Button
          type="primary"
          disabled={good === 0}
          loading={mutations.run.isPending || busy}
          onClick={() => mutations.run.mutate(undefined, { onError: (error) => say(error) })}
        >
          {t("preview.run", { n: format.number(good), name: label(object.label_plural) })}
        </Button>
      </footer>
    </>
  );
}

function shownFields(object: ObjectSchema, job: ImportJob) {
  const mapped = Object.values(job.mapping).map((entry) => (typeof entry === "string" ? entry : entry?.field));
  return object.fields.filter((field) => mapped.includes(field.key)).slice(0, 8);
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "object") {
    const { name, title, text } = value as { name?: string; title?: string; text?: string };
    return name ?? title ?? text ?? JSON.stringify(value);
  }
  return String(value);
}
