import { Link } from "react-router";
import { Card, Empty, Logo, RelativeTime, useFormat } from "@/kit";
import { nextContacts, type Scope } from "../filters";
import { listPath, recordPath } from "../list-path";
import { workbenchMessages } from "../locales";
import { useTop } from "../queries";
import styles from "../workbench.module.css";
import { CardSkeleton } from "./CardSkeleton";
import { MoreLink } from "./MoreLink";

export function NextContactsCard({ scope }: { scope: Scope }) {
  const t = workbenchMessages.useT();
  const format = useFormat();
  const filter = nextContacts(scope);
  const { data } = useTop("customer", { filter, sort: "next_contact_at", limit: 5 });
  const customers = data?.data ?? [];
  return (
    <Card
      title={t("next.title")}
      count={data?.page.count?.value ? format.count(data.page.count) : undefined}
      more={
        customers.length > 0 ? (
          <MoreLink to={listPath("customer", filter, "next_contact_at")} word={t("next.all")} of={t("next.title")} />
        ) : null
      }
    >
      <ul className={styles.lines}>
        {customers.map((customer) => (
          <li key={customer.id}>
            <Logo name={customer.title} size="sm" />
            <Link to={recordPath(customer)} className="gx-cut">
              {customer.title}
            </Link>
            <RelativeTime value={String(customer.next_contact_at)} as="day" className={styles.time} />
          </li>
        ))}
      </ul>
      {!data && <CardSkeleton />}
      {data && customers.length === 0 && <Empty small title={t("next.empty")} />}
    </Card>
  );
}
