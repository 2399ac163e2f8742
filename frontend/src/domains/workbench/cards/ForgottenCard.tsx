import { Link } from "react-router";
import { Card, Empty, Logo, useFormat } from "@/kit";
import { forgotten, type Scope } from "../filters";
import { listPath, recordPath } from "../list-path";
import { workbenchMessages } from "../locales";
import { useTop } from "../queries";
import styles from "../workbench.module.css";
import { CardSkeleton } from "./CardSkeleton";
import { MoreLink } from "./MoreLink";

/** Customers nobody has spoken to for a month. */
export function ForgottenCard({ scope }: { scope: Scope }) {
  const t = workbenchMessages.useT();
  const format = useFormat();
  const filter = forgotten(scope);
  const { data } = useTop("customer", { filter, sort: "last_contact_at", limit: 5 });
  const customers = data?.data ?? [];
  return (
    <Card
      title={t("forgotten.title")}
      count={data?.page.count?.value ? format.count(data.page.count) : undefined}
      more={
        customers.length > 0 ? (
          <MoreLink
            to={listPath("customer", filter, "last_contact_at")}
            word={t("forgotten.all")}
            of={t("forgotten.title")}
          />
        ) : null
      }
    >
      <ul className={styles.lines}>
        {customers.map((customer) => {
          const days = format.daysFromToday(customer.last_contact_at as string | null);
          return (
            <li key={customer.id}>
              <Logo name={customer.title} size="sm" />
              <Link to={recordPath(customer)} className="gx-cut">
                {customer.title}
              </Link>
              <span className={styles.time}>
                {days === null ? t("forgotten.never") : t("forgotten.days", { n: -days })}
              </span>
            </li>
          );
        })}
      </ul>
      {!data && <CardSkeleton />}
      {data && customers.length === 0 && <Empty small title={t("forgotten.empty")} />}
    </Card>
  );
}
