/** What customers owe, by how late it is: overall and by customer; every figure opens its instalments. */
import { Skeleton } from "antd";
import { Hourglass } from "lucide-react";
import { Link } from "react-router";
import { recordPath } from "@/engine/records/paths";
import { Empty, Money, PageHeader, problemText, useFormat, usePageTitle } from "@/kit";
import { useT } from "./messages";
import { type Ageing, BUCKETS, type Bucket, type CustomerOwes } from "./model";
import { useAgeing } from "./queries";
import styles from "./receivables.module.css";

const MOST = 100;
const OPEN = { field: "status", op: "in", value: ["due", "partial", "overdue"] };

/** The list behind a figure. */
export function listOf(bucket: Bucket | null, customer: string | null): string {
  const and: unknown[] = [OPEN];
  if (bucket?.from) and.push({ field: "due_on", op: "on_or_after", value: bucket.from });
  if (bucket?.until) and.push({ field: "due_on", op: "on_or_before", value: bucket.until });
  if (customer) and.push({ field: "customer", op: "is", value: customer });
  return `/o/payment_plan?filter=${encodeURIComponent(JSON.stringify({ and }))}`;
}

export function AgeingPage() {
  const t = useT();
  const format = useFormat();
  usePageTitle(t("page"));
  const { data, error, isPending } = useAgeing();
  return (
    <>
      <PageHeader
        title={t("page")}
        actions={
          <Link className="gx-link" to="/o/payment_plan">
            {t("list")}
          </Link>
        }
      />
      <div className={styles.page}>
        <p className="gx-2">
          {t("page_body")} {data && <span className="gx-3">{t("as_of", { day: format.date(data.as_of) })}</span>}
        </p>
        {isPending && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
        {error && !data && <Empty title={problemText(error)} />}
        {data && data.total === 0 && (
          <Empty icon={Hourglass} title={t("none")}>
            {t("none_body")}
          </Empty>
        )}
        {data && data.total !== 0 && (
          <>
            <Overall ageing={data} />
            <Customers ageing={data} />
          </>
        )}
      </div>
    </>
  );
}

function Overall({ ageing }: { ageing: Ageing }) {
  const t = useT();
  return (
    <ul className={styles.buckets}>
      <li>
        <span className="gx-3">{t("total")}</span>
        <Link to={listOf(null, null)}>
          <Money value={ageing.total} currency={ageing.currency} />
        </Link>
      </li>
      {ageing.buckets.map((bucket) => (
        <li key={bucket.key} data-bucket={bucket.key}>
          <span className="gx-3">{t(`bucket.${bucket.key}`)}</span>
          <Link to={listOf(bucket, null)}>
            <Money value={bucket.amount} currency={ageing.currency} />
          </Link>
          <span className="gx-3 gx-s12">{t("plans", { n: bucket.count })}</span>
        </li>
      ))}
      <li className={styles.bar} aria-hidden="true">
        {ageing.buckets.map((bucket) => (
          <span key={bucket.key} data-bucket={bucket.key} style={{ flexGrow: bucket.amount }} />
        ))}
      </li>
    </ul>
  );
}

function Customers({ ageing }: { ageing: Ageing }) {
  const t = useT();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("customer")}</th>
            {BUCKETS.map((key) => (
              <th key={key} scope="col">
                {t(`bucket.${key}`)}
              </th>
            ))}
            <th scope="col">{t("total")}</th>
          </tr>
        </thead>
        <tbody>
          {ageing.customers.map((row) => (
            <Owes key={row.customer?.id ?? ""} row={row} ageing={ageing} />
          ))}
        </tbody>
      </table>
      {ageing.more && <p className={styles.note}>{t("more", { n: MOST })}</p>}
    </div>
  );
}

function Owes({ row, ageing }: { row: CustomerOwes; ageing: Ageing }) {
  const t = useT();
  const cell = (amount: number, bucket: Bucket | null) => {
    if (!amount) return <span className="gx-3">—</span>;
    const shown = <Money exact value={amount} currency={ageing.currency} />;
    return row.customer ? <Link to={listOf(bucket, row.customer.id)}>{shown}</Link> : shown;
  };
  return (
    <tr>
      <th scope="row">
        {row.customer ? (
          <Link className="gx-link" to={recordPath("customer", row.customer.id)}>
            {row.customer.title}
          </Link>
        ) : (
          <span className="gx-3">{t("no_customer")}</span>
        )}
      </th>
      {ageing.buckets.map((bucket) => (
        <td key={bucket.key} data-bucket={bucket.key}>
          {cell(row.amounts[bucket.key], bucket)}
        </td>
      ))}
      <td>{cell(row.total, null)}</td>
    </tr>
  );
}
