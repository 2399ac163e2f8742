import { Button, Progress } from "antd";
import { Download, Lightbulb, Replace, Undo } from "lucide-react";
import { useEffect, useState } from "react";
import { API } from "@/api/http";
import type { ImportJob, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon, Kbd, useFormat, useProblem } from "@/kit";
import { FindReplace } from "../fix/FindReplace";
import { FixGrid } from "../fix/FixGrid";
import fixStyles from "../fix/fix.module.css";
import { type Fixes, firstError, replaceIn, setCell } from "../fix/fixes";
import { useImportRows, useSubmitFixes } from "../fix/useImportRows";
import { useT } from "../messages";
import styles from "../transfer.module.css";
import type { ImportMutations } from "../useImport";
import { UndoImport } from "./DoneStep";

const MOST_ROWS = 20_000;

interface Props {
  object: ObjectSchema;
  job: ImportJob;
  mutations: ImportMutations;
  onSkip: () => void;
}

/** The refused rows in a grid, by reason; corrected cells go back together. */
export function FixStep({ object, job, mutations, onSkip }: Props) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const say = useProblem();
  const [reason, setReason] = useState<string | null>(null);
  const [past, setPast] = useState<Fixes[]>([{}]);
  const [finding, setFinding] = useState(false);
  const fixes = past.at(-1) ?? {};
  const found = useImportRows(job.id, reason);
  const submit = useSubmitFixes(job.id);
  const change = (next: Fixes) => setPast([...past, next].slice(-50));
  const touched = Object.keys(fixes).length;
  const reasons = job.reasons.filter((each) => each.count > each.fixed);
  const keyOf = (each: (typeof reasons)[number]) => `${each.field}.${each.code}`;
  const chosen = reasons.find((each) => keyOf(each) === reason);
  // Replacing means everywhere, so all the rows have to be here; as many as a browser bears.
  const missing = finding && found.hasNextPage && !found.isFetchNextPageError && found.rows.length < MOST_ROWS;
  const { isFetchingNextPage, fetchNextPage } = found;
  useEffect(() => {
    if (missing && !isFetchingNextPage) void fetchNextPage();
  }, [missing, isFetchingNextPage, fetchNextPage]);
  const firstWrong = firstError(found.rows, fixes);
  const titleOf = (each: (typeof reasons)[number]) => {
    const field = object.fields.find((known) => known.key === each.field);
    const text = each.kinds > 1 ? `${each.message} ${t("kinds", { n: format.number(each.kinds) })}` : each.message;
    return field ? t("at_field", { field: label(field.label), text }) : text;
  };
  const total = job.counts.refused + job.counts.fixed;
  return (
    <>
      <div className={fixStyles.progress}>
        <b>{t("fix.progress", { n: format.number(job.counts.fixed + touched), total: format.number(total) })}</b>
        <Progress
          percent={total ? ((job.counts.fixed + touched) / total) * 100 : 0}
          showInfo={false}
          size={["100%", 6]}
          aria-label={t("run.progress")}
        />
        <span className="gx-3">
          {t("fix.rest_written", { n: format.number(job.counts.created + job.counts.updated) })}
        </span>
      </div>
      <div className={fixStyles.split}>
        <aside className={fixStyles.aside}>
          <h2>{t("fix.by_reason")}</h2>
          <ul>
            <li>
              <button type="button" aria-pressed={reason === null} onClick={() => setReason(null)}>
                {t("fix.all")}
                <span>{format.number(job.counts.refused)}</span>
              </button>
            </li>
            {reasons.map((each) => (
              <li key={keyOf(each)}>
                <button type="button" aria-pressed={reason === keyOf(each)} onClick={() => setReason(keyOf(each))}>
                  {titleOf(each)}
                  <span>{format.number(each.count - each.fixed)}</span>
                </button>
              </li>
            ))}
          </ul>
          <div className={fixStyles.tip}>
            <h3>
              <Icon as={Lightbulb} size={14} />
              {t("fix.tip")}
            </h3>
            <p>{t("fix.tip_body")}</p>
            <Button size="small" onClick={() => setFinding(true)}>
              {t("fix.replace")}
            </Button>
          </div>
        </aside>
        <section className={fixStyles.main} aria-label={t("fix.grid")}>
          <div className={fixStyles.tools}>
            <h2>{chosen ? titleOf(chosen) : t("fix.all")}</h2>
            <span className="gx-3 gx-s12">
              {t("rows", { n: format.count(found.count) || format.number(found.rows.length) })}
            </span>
            <span className={styles.grow} />
            <Button size="small" icon={<Icon as={Replace} size={14} />} onClick={() => setFinding(true)}>
              {t("fix.replace")}
            </Button>
            <Button
              size="small"
              icon={<Icon as={Undo} size={14} />}
              disabled={past.length < 2}
              onClick={() => setPast(past.slice(0, -1))}
            >
              {t("fix.undo_step")}
            </Button>
          </div>
          <FixGrid
            object={object}
            job={job}
            rows={found.rows}
            fixes={fixes}
            loading={found.isPending}
            onChange={change}
            onCell={(row, index, text) => change(setCell(fixes, row, index, text))}
            onMore={() => found.hasNextPage && !found.isFetchingNextPage && void found.fetchNextPage()}
          />
          <p className={fixStyles.keys}>
            <Kbd>Tab</Kbd> {t("fix.key_next")} <Kbd>mod+D</Kbd> {t("fix.key_fill")} <Kbd>mod+V</Kbd>{" "}
            {t("fix.key_paste")}
            <span className={styles.grow} />
            <i data-kind="bad" /> {t("fix.to_fix")} <i data-kind="ok" /> {t("fix.fixed")}
          </p>
        </section>
      </div>
      <footer className={styles.foot}>
        <UndoImport job={job} mutations={mutations} />
        <span className={styles.grow} />
        <Button icon={<Icon as={Download} />} href={`${API}/imports/${job.id}/errors.xlsx`}>
          {t("fix.workbook")}
        </Button>
        <Button onClick={onSkip}>{t("fix.skip", { n: format.number(job.counts.refused - touched) })}</Button>
        <Button
          type="primary"
          disabled={touched === 0}
          loading={submit.isPending}
          onClick={() => submit.mutate(fixes, { onSuccess: () => setPast([{}]), onError: (error) => say(error) })}
        >
          {t("fix.submit", { n: format.number(touched) })}
        </Button>
      </footer>
      <FindReplace
        open={finding}
        columns={job.columns}
        first={firstWrong}
        loading={missing}
        count={(index, find, by) => replaceIn(fixes, found.rows, index, find, by).count}
        onApply={(index, find, by) => change(replaceIn(fixes, found.rows, index, find, by).fixes)}
        onClose={() => setFinding(false)}
      />
    </>
  );
}
