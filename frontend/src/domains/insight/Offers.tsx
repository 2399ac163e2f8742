import { Link } from "react-router";
import { recordPath } from "@/engine/records/paths";
import { useFormat } from "@/kit";
import styles from "./insight.module.css";
import { useT } from "./messages";
import type { CustomerInsight } from "./model";

/** What to offer the customer next: the product, how much more often it is bought by customers like them, and why. */
export function Offers({ offers }: { offers: CustomerInsight["offers"] }) {
  const t = useT();
  const format = useFormat();
  if (offers.items.length === 0) return null;
  return (
    <section className={styles.offers} aria-label={t("offers")}>
      <h3 className={styles.small}>{t("offers")}</h3>
      <ul>
        {offers.items.map(({ product, why, lift }) => (
          <li key={product.id}>
            <Link className="gx-link" to={recordPath("product", product.id)}>
              {product.title}
            </Link>
            {lift !== null && why !== null && <b className="gx-num">{t("lift", { n: format.number(lift, 1) })}</b>}
            {why && <small className="gx-3">{why}</small>}
          </li>
        ))}
      </ul>
      {offers.note && <p className={styles.caution}>{offers.note}</p>}
    </section>
  );
}
