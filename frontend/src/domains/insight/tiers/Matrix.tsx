import { Link } from "react-router";
import { useFormat } from "@/kit";
import { listOf } from "../home/lists";
import styles from "../insight.module.css";
import { useT } from "./messages";
import { type Cell, TIERS, type Tier } from "./model";

interface Props {
  cells: Cell[];
  currency: string;
  label: string;
}

/** Tiers before against tiers after: how many customers, what they bring; each number opens its list where there is one. */
export function Matrix({ cells, currency, label }: Props) {
  const t = useT();
  const format = useFormat();
  const bare = cells.some((cell) => cell.from === null || cell.to === null);
  const tiers: (Tier | null)[] = bare ? [...TIERS, null] : TIERS;
  const name = (tier: Tier | null) => (tier ? t(`tier.${tier}`) : t("no_tier"));
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            <th>{t("tier_head")}</th>
            {tiers.map((to) => (
              <th key={to}>{name(to)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tiers.map((from) => (
            <tr key={from}>
              <th scope="row">{name(from)}</th>
              {tiers.map((to) => {
                const cell = cells.find((each) => each.from === from && each.to === to);
                if (!cell) return <td key={to}>—</td>;
                const count = format.number(cell.customers);
                const inside = from !== to ? <b>{count}</b> : count;
                return (
                  <td key={to}>
                    {cell.filter ? (
                      <Link className="gx-link" to={listOf(cell.filter)}>
                        {inside}
                      </Link>
                    ) : (
                      inside
                    )}
                    <small className={styles.under}>{format.moneyShort(cell.profit, currency)}</small>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
