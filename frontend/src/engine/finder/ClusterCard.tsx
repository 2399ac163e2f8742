/** Records that may be one, side by side: what differs, why they are thought the same, and what to do. */
import { App, Button, Popconfirm, Radio } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import type { Field, ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { Chip, useFormat } from "@/kit";
import { FieldRead, isBlank } from "../fields";
import { mergePath, recordPath } from "../records/paths";
import styles from "./finder.module.css";
import { useT } from "./messages";
import { type Cluster, useDecide, useMergeRecords } from "./queries";

const SIDE_BY_SIDE = 6;
const MOST_FIELDS = 14;
/** How many records the merge page takes at once. */
const MERGED_AT_ONCE = 20;

/** Fields that the reasons speak of first, then those in which the records differ. */
function fieldsToShow(object: ObjectSchema, cluster: Cluster): Field[] {
  const named = new Set(cluster.pairs.flatMap((pair) => pair.reasons.flatMap((reason) => reason.fields)));
  const differs = (field: Field) =>
    new Set(cluster.records.map((record) => JSON.stringify(record[field.key] ?? null))).size > 1;
  const filled = object.fields.filter((field) => cluster.records.some((record) => !isBlank(record[field.key])));
  const first = filled.filter((field) => named.has(field.key));
  const system = new Set(["id", "version", "updated_at", "updated_by", "created_by", "deleted_at"]);
  const then = filled.filter((field) => !named.has(field.key) && !system.has(field.key) && differs(field));
  return [...first, ...then].slice(0, MOST_FIELDS);
}

const fullest = (records: RecordData[]) =>
  [...records].sort(
    (a, b) =>
      Object.values(b).filter((v) => !isBlank(v)).length - Object.values(a).filter((v) => !isBlank(v)).length ||
      a.created_at.localeCompare(b.created_at),
  )[0];

export function ClusterCard({ object, cluster }: { object: ObjectSchema; cluster: Cluster }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [keep, setKeep] = useState(fullest(cluster.records)?.id);
  const kept = cluster.records.find((record) => record.id === keep) ?? cluster.records[0];
  const decide = useDecide(object.key, () => void message.success(t("different_done")));
  const merge = useMergeRecords(object.key, () => void message.success(t("merged", { title: kept?.title ?? "" })));
  const shown = cluster.records.slice(0, SIDE_BY_SIDE);
  const fields = fieldsToShow(object, cluster);
  const [best] = cluster.pairs;
  const others = cluster.records.filter((record) => record.id !== kept?.id).map((record) => record.id);
  const waiting = decide.isPending || merge.isPending;
  if (!kept) return null;
  return (
    <article className={styles.card} aria-label={kept.title}>
      <header className={styles.head}>
        <Chip tone={cluster.score >= 0.95 ? "ok" : "warn"}>
          {t("score", { n: `${Math.floor(cluster.score * 100)}%` })}
        </Chip>
        <ul className={styles.reasons}>
          {best?.reasons
            .filter((reason) => reason.bits > 0)
            .map((reason) => (
              <li key={reason.fields.join()}>
                <span className="gx-3">{label(reason.label)}</span> {label(reason.text)}
              </li>
            ))}
        </ul>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={kept.title}>
        <table className={styles.table}>
          <thead>
            <tr>
              <td />
              {shown.map((record) => (
                <th scope="col" key={record.id} data-kept={record.id === kept.id}>
                  <Link to={recordPath(object.key, record.id)}>{record.title}</Link>
                  <Radio checked={record.id === kept.id} onChange={() => setKeep(record.id)}>
                    {record.id === kept.id ? t("kept") : t("keep")}
                  </Radio>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.key}>
                <th scope="row">{label(field.label)}</th>
                {shown.map((record) => (
                  <td key={record.id} data-kept={record.id === kept.id}>
                    {isBlank(record[field.key]) ? (
                      <span className="gx-3">—</span>
                    ) : (
                      <FieldRead field={field} value={record[field.key]} record={record} place="cell" />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {cluster.size > SIDE_BY_SIDE && (
        <p className="gx-3">{t("and_more", { n: format.number(cluster.size - SIDE_BY_SIDE) })}</p>
      )}
      <footer className={styles.foot}>
        {object.can.delete && (
          <Button
            type="primary"
            disabled={waiting}
            onClick={() => void navigate(mergePath(object.key, [kept.id, ...others].slice(0, MERGED_AT_ONCE), kept.id))}
          >
            {t("same")}
          </Button>
        )}
        {object.can.delete && others.length < MERGED_AT_ONCE && (
          <Popconfirm
            title={t("merge_sure", { title: kept.title })}
            description={t("merge_body", { n: others.length })}
            okText={t("merge")}
            cancelText={t("cancel")}
            onConfirm={() => merge.mutate({ id: kept.id, others })}
          >
            <Button loading={merge.isPending} disabled={waiting}>
              {t("merge")}
            </Button>
          </Popconfirm>
        )}
        {object.can.edit && (
          <>
            <Button disabled={waiting} onClick={() => decide.mutate({ id: cluster.id, decision: "different" })}>
              {t("different")}
            </Button>
            <Button
              type="text"
              disabled={waiting}
              onClick={() => decide.mutate({ id: cluster.id, decision: cluster.state === "open" ? "later" : "open" })}
            >
              {cluster.state === "open" ? t("later") : t("back")}
            </Button>
          </>
        )}
      </footer>
    </article>
  );
}
