import { Link } from "react-router";
import { fieldOf, useObject } from "@/api";
import { Card, Logo, useFormat } from "@/kit";
import { falling, type Scope } from "../filters";
import { listPath, recordPath } from "../list-path";
import { workbenchMessages } from "../locales";
import { useTop } from "../queries";
import styles from "../workbench.module.css";
import { MoreLink } from "./MoreLink";

const SOON = 3;

/** Customers that fall into a public pool unless somebody looks after them; nothing where there are none. */
export function FallingCard({ scope }: { scope: Scope }) {
  const t = workbenchMessages.useT();
  const format = useFormat();
  const known = fieldOf(useObject("customer"), "pool_due_at") !== undefined;
  const filter = falling(scope);
  const { data } = useTop("customer", { filter, sort: "pool_due_at", limit: 5 }, known);
  const customers = data?.data ?? [];
  if (customers.length === 0) return null;
  return (
    <Card
      title={t("falling.title")}
      count={data?.page.count?.value ? format.count(data.page.count) : undefined}
      more={
        <MoreLink to={listPath("customer", filter, "pool_due_at")} word={t("falling.all")} of={t("falling.title")} />
      }
    >
      <ul className={styles.lines}>
        {customers.map((customer) => {
          const days = Math.max(format.daysFromToday(customer.pool_due_at as string | null) ?? 0, 0);
          return (
            <li key={customer.id}>
              <Logo name={customer.title} size="sm" />
              <Link to={recordPath(customer)} className="gx-cut">
                {customer.title}
              </Link>
              <span className={`gx-s12 ${days <= SOON ? "gx-bad" : "gx-warn"}`}>
                {days === 0 ? t("falling.today") : t("falling.days", { n: days })}
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
