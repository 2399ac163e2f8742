import { Link } from "react-router";
import { useLocale } from "@/i18n";
import { useFormat } from "@/kit";
import styles from "../insight.module.css";
import { behind, monthOf } from "./lists";
import { useT } from "./messages";
import type { Measured } from "./model";

/** The months to come: what is told, its range, and what it is made of. */
export function Months({ measured, currency }: { measured: Measured; currency: string }) {
  const t = useT();
  const format = useFormat();
  const locale = useLocale();
  const money = (value: number | undefined) => (value === undefined ? "—" : format.moneyShort(value, currency));
  const deals = measured.ahead.some((each) => each.open !== undefined);
  return (
    <section className={styles.panel}>
      <div className={styles.head}>
        <h2>{t("ahead")}</h2>
        <Link className="gx-link gx-s12" to={behind(measured.object, measured.behind)}>
          {t("so_far", { amount: money(measured.so_far) })}
        </Link>
        {measured.open && (
          <Link className="gx-link gx-s12" to={behind(measured.object, measured.open)}>
            {t("open_deals")}
          </Link>
        )}
      </div>
      {measured.ahead.length > 0 && (
        <div className={styles.scroll}>
          <table className={`${styles.table} ${styles.tight}`}>
            <thead>
              <tr>
                <th>{t("month")}</th>
                <th>{t("value")}</th>
                <th>{t("range")}</th>
                <th>{t("series")}</th>
                {deals && <th>{t("pipeline")}</th>}
                {deals && <th>{t("open")}</th>}
                {deals && <th>{t("new")}</th>}
              </tr>
            </thead>
            <tbody>
              {measured.ahead.map((each) => (
                <tr key={each.month}>
                  <td>{monthOf(each.month, locale)}</td>
                  <td>
                    <b>{money(each.value)}</b>
                  </td>
                  <td>
                    {money(each.low)} – {money(each.high)}
                  </td>
                  <td>{money(each.series)}</td>
                  {deals && <td>{money(each.pipeline)}</td>}
                  {deals && <td>{money(each.open)}</td>}
                  {deals && <td>{money(each.new)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
