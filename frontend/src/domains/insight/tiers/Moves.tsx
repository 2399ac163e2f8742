import { Select } from "antd";
import { Link } from "react-router";
import { recordPath } from "@/engine/records/paths";
import { useLocale } from "@/i18n";
import { useFormat } from "@/kit";
import { monthOf } from "../forecast/lists";
import styles from "../insight.module.css";
import { Matrix } from "./Matrix";
import { useT } from "./messages";
import type { Tiers } from "./model";

interface Props {
  moves: NonNullable<Tiers["moves"]>;
  currency: string;
  onSince: (month: string) => void;
}

/** From the tiers of a month to those of now, and the customers whom it is about. */
export function Moves({ moves, currency, onSince }: Props) {
  const t = useT();
  const format = useFormat();
  const locale = useLocale();
  return (
    <section className={styles.panel}>
      <div className={styles.head}>
        <h2>{t("moves")}</h2>
        <span className="gx-3 gx-s12">{moves.since && t("moves_sub")}</span>
        {moves.since && (
          <Select
            size="small"
            className={styles.since}
            aria-label={t("since")}
            value={moves.since}
            onChange={onSince}
            options={moves.months.map((month) => ({ value: month, label: monthOf(month, locale) }))}
          />
        )}
      </div>
      {!moves.since && <p className="gx-3">{t("no_months")}</p>}
      {moves.since && (
        <>
          <Matrix cells={moves.cells} currency={currency} label={t("moves_sub")} />
          {moves.customers.length === 0 && <p className="gx-3">{t("nobody")}</p>}
        </>
      )}
      {moves.customers.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>
                  {t("moved")} · {t("moved_sub", { n: moves.customers.length })}
                </th>
                <th>{t("was")}</th>
                <th>{t("now")}</th>
                <th>{t("profit")}</th>
              </tr>
            </thead>
            <tbody>
              {moves.customers.map((each) => (
                <tr key={each.id}>
                  <td>
                    <Link className="gx-link" to={recordPath("customer", each.id)}>
                      {each.title}
                    </Link>
                  </td>
                  <td>{t(`tier.${each.was}`)}</td>
                  <td>{t(`tier.${each.now}`)}</td>
                  <td>{each.profit === null ? "—" : format.moneyShort(each.profit, currency)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
