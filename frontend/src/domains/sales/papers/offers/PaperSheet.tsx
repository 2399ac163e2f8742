import type { PaperData } from "./model";
import styles from "./offers.module.css";

/** A paper on the screen: its items and totals; cards on a phone (by the style sheet). */
export function PaperSheet({ paper }: { paper: PaperData }) {
  const { labels: l } = paper;
  const totals: [string | undefined, string][] = [
    ...(paper.discounts
      ? ([
          [l.subtotal, paper.subtotal],
          [l.discounts, `− ${paper.discounts}`],
        ] as [string | undefined, string][])
      : []),
    ...(paper.has_tax
      ? ([
          [l.net, paper.net],
          [l.tax, paper.tax],
        ] as [string | undefined, string][])
      : []),
  ];
  return (
    <>
      <table className={styles.items}>
        <thead>
          <tr>
            <th scope="col">{l.item}</th>
            <th scope="col">{l.quantity}</th>
            <th scope="col">{l.price}</th>
            {paper.has_discounts && <th scope="col">{l.discount}</th>}
            {paper.has_tax && <th scope="col">{l.tax_rate}</th>}
            <th scope="col">{l.amount}</th>
          </tr>
        </thead>
        <tbody>
          {paper.items.map((item) => (
            <tr key={item.n}>
              <td>
                {item.name}
                {item.sku && <span className="gx-3 gx-s12"> {item.sku}</span>}
                {item.note && <div className="gx-3 gx-s12">{item.note}</div>}
              </td>
              <td data-label={l.quantity}>
                {item.quantity} {item.unit}
              </td>
              <td data-label={l.price}>{item.price}</td>
              {paper.has_discounts && <td data-label={l.discount}>{item.discount}</td>}
              {paper.has_tax && <td data-label={l.tax_rate}>{item.tax_rate}</td>}
              <td data-label={l.amount}>{item.amount}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={styles.totals}>
        {totals.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div className={styles.total}>
          <dt>
            {l.total} ({paper.currency})
          </dt>
          <dd>{paper.total}</dd>
        </div>
        {paper.capitals && <p className="gx-3 gx-s13">{paper.capitals}</p>}
      </dl>
      {paper.terms && (
        <section>
          <h2>{l.terms}</h2>
          <p className={styles.terms}>{paper.terms}</p>
        </section>
      )}
    </>
  );
}
