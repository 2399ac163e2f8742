import { Link } from "react-router";
import { recordPath } from "@/engine/records/paths";
import { useFormat } from "@/kit";
import { listOf } from "../home/lists";
import styles from "../insight.module.css";
import { useT } from "./messages";
import type { Tiers } from "./model";

const PARTS = ["revenue", "goods", "serving"] as const;

interface Props {
  exits: NonNullable<Tiers["exits"]>;
  currency: string;
}

/** Who has cost more than they brought, and what it comes from. */
export function Exits({ exits, currency }: Props) {
  const t = useT();
  const format = useFormat();
  const amount = (value: number | null | undefined) => (value == null ? "—" : format.moneyShort(value, currency));
  const parts = PARTS.filter((key) => exits.customers.some((each) => key in each));
  return (
    <section className={styles.panel}>
      <div className={styles.head}>
        <h2>{t("exits")}</h2>
        <span className="gx-3 gx-s12">{t("exits_sub")}</span>
        {exits.customers.length > 0 && (
          <Link className="gx-link" to={listOf(exits.filter)}>
            {t("exits_all", { n: `${format.number(exits.count)}${exits.exact ? "" : "+"}` })}
          </Link>
        )}
      </div>
      {exits.customers.length === 0 && <p className="gx-3">{t("exits_none")}</p>}
      {exits.customers.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>{t("customer")}</th>
                {parts.map((key) => (
                  <th key={key}>{t(key)}</th>
                ))}
                <th>{t("profit")}</th>
                <th>{t("why")}</th>
              </tr>
            </thead>
            <tbody>
              {exits.customers.map((each) => (
                <tr key={each.id}>
                  <td>
                    <Link className="gx-link" to={recordPath("customer", each.id)}>
                      {each.title}
                    </Link>
                  </td>
                  {parts.map((key) => (
                    <td key={key}>{amount(each[key])}</td>
                  ))}
                  <td>{amount(each.profit)}</td>
                  <td>{each.why ?? "—"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
