import { Avatar, Empty } from "@/kit";
import styles from "../targets.module.css";
import { useFigures } from "../useFigures";
import { useT } from "./messages";
import type { Statement } from "./model";

/** Who earns what, and how it came about. */
export function Lines({ statement }: { statement: Statement }) {
  const t = useT();
  const { full, short, format } = useFigures();
  const { said, lines, total } = statement;
  if (lines.length === 0) return <Empty small title={t("nobody")} />;
  const rate = (text: string) => (said.money ? format.percent(text) : format.money(text));
  return (
    <div className={styles.tableBox}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("who")}</th>
            <th scope="col" className={styles.right}>
              {t("reached")}
            </th>
            <th scope="col">{t("how")}</th>
            <th scope="col" className={styles.right}>
              {t("amount")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <th scope="row">
                <span className={styles.who}>
                  <Avatar id={line.id} name={line.name} size="sm" />
                  <span className="gx-cut">{line.name}</span>
                </span>
              </th>
              <td className={styles.right}>
                <span title={full(said, line.actual)}>{short(said, line.actual)}</span>
                {line.percent !== null && <span className="gx-3 gx-s12"> {format.percent(line.percent)}</span>}
              </td>
              <td className="gx-2 gx-s12">
                {line.steps.map((step) => (
                  <span key={step.from} className={styles.under}>
                    {t("step", { base: full(said, Number(step.base)), rate: rate(step.rate) })}
                  </span>
                ))}
              </td>
              <td className={styles.right}>
                <b>{format.money(line.amount, undefined, 2)}</b>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {t("total")}
            </th>
            <td className={styles.right}>
              <b>{format.money(total, undefined, 2)}</b>
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
