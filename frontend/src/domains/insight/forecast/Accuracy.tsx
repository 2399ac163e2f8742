import { Link } from "react-router";
import { useLocale } from "@/i18n";
import { useFormat } from "@/kit";
import styles from "../insight.module.css";
import { behind, monthOf } from "./lists";
import { useT } from "./messages";
import type { Measured } from "./model";

/** What was told of each month when it began, and what came. */
export function Accuracy({ measured, currency }: { measured: Measured; currency: string }) {
  const t = useT();
  const format = useFormat();
  const locale = useLocale();
  const lists = new Map(measured.history.map((each) => [each.month, each.filter]));
  return (
    <section className={styles.panel}>
      <div className={styles.head}>
        <h2>{t("accuracy")}</h2>
        <span className="gx-3 gx-s12">
          {measured.error === null ? t("accuracy_sub") : t("error", { n: format.number(measured.error, 0) })}
        </span>
      </div>
      {measured.accuracy.length === 0 && <p className="gx-3">{t("no_accuracy")}</p>}
      {measured.accuracy.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>{t("month")}</th>
                <th>{t("told")}</th>
                <th>{t("came")}</th>
                <th>{t("off_by")}</th>
              </tr>
            </thead>
            <tbody>
              {[...measured.accuracy].reverse().map(({ month, told, came, tracked }) => {
                const list = lists.get(month);
                const amount = format.moneyShort(came, currency);
                return (
                  <tr key={month}>
                    <td>
                      {monthOf(month, locale)} <small className="gx-3">{t(tracked ? "tracked" : "reckoned")}</small>
                    </td>
                    <td>{format.moneyShort(told, currency)}</td>
                    <td>{list ? <Link to={behind(measured.object, list)}>{amount}</Link> : amount}</td>
                    <td>{came === 0 ? "—" : `${format.number(((told - came) / Math.abs(came)) * 100, 0)}%`}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
