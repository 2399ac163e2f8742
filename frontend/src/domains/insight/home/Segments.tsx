import type { CSSProperties } from "react";
import { Link } from "react-router";
import { useFormat } from "@/kit";
import styles from "../insight.module.css";
import { useT } from "../messages";
import { type Home, STAGES } from "../model";
import { both, listOf, where } from "./lists";

const SCORES = [5, 4, 3, 2, 1];

/** Where customers stand: the RFM grid, and the segments and stages with what they have bought. */
export function Segments({ home }: { home: Home }) {
  const t = useT();
  if (home.scores.length === 0 && home.stages.length === 0) return null;
  const stages = STAGES.flatMap((key) => home.stages.filter((row) => row.stage === key));
  return (
    <div className={styles.halves}>
      {home.scores.length > 0 && <Grid home={home} />}
      <section className={styles.panel}>
        <Rows
          title={t("stages")}
          rows={stages.map((row) => ({
            ...row,
            to: listOf(where("stage", row.stage)),
            label: t(`stage.${row.stage as "new"}`),
          }))}
          currency={home.currency}
        />
        {home.segments.length > 0 && (
          <Rows
            title={t("segments")}
            rows={home.segments
              .map((row) => ({
                ...row,
                to: listOf(where("segment", row.segment)),
                label: t(`segment_name.${row.segment as "loyal"}`),
              }))
              .sort((a, b) => b.customers - a.customers)}
            currency={home.currency}
          />
        )}
      </section>
    </div>
  );
}

function Grid({ home }: { home: Home }) {
  const t = useT();
  const most = Math.max(1, ...home.scores.map((cell) => cell.customers));
  return (
    <section className={styles.panel}>
      <div className={styles.head}>
        <h2>{t("rfm")}</h2>
        <span className="gx-3 gx-s12">{t("rfm_sub")}</span>
      </div>
      <div className={styles.grid}>
        {SCORES.flatMap((r) =>
          [...SCORES].reverse().map((f) => {
            const cell = home.scores.find((each) => each.recency === r && each.frequency === f);
            if (!cell) return <span key={`${r}${f}`}>·</span>;
            return (
              <Link
                key={`${r}${f}`}
                to={listOf(both(where("recency", r), where("frequency", f)))}
                style={{ "--share": cell.customers / most } as CSSProperties}
                aria-label={t("rfm_cell", { r, f, n: cell.customers })}
                title={t("rfm_cell", { r, f, n: cell.customers })}
              >
                {cell.customers}
              </Link>
            );
          }),
        )}
      </div>
    </section>
  );
}

interface Row {
  label: string;
  to: string;
  customers: number;
  spend: number | null;
}

function Rows({ title, rows, currency }: { title: string; rows: Row[]; currency: string }) {
  const t = useT();
  const format = useFormat();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>{title}</th>
          <th>{t("customers")}</th>
          <th>{t("spend")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <td>
              <Link className="gx-link" to={row.to}>
                {row.label}
              </Link>
            </td>
            <td>{format.number(row.customers)}</td>
            <td>{row.spend == null ? "—" : format.moneyShort(Number(row.spend), currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
