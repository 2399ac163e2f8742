import { Link } from "react-router";
import { Card, Empty, Logo, Money, RelativeTime, useFormat } from "@/kit";
import { closingThisMonth, type Scope } from "../filters";
import { linkTitle } from "../link-title";
import { listPath, recordPath } from "../list-path";
import { workbenchMessages } from "../locales";
import { useTop } from "../queries";
import styles from "../workbench.module.css";
import { CardSkeleton } from "./CardSkeleton";
import { MoreLink } from "./MoreLink";

/** Deals that are to close this month, the ones whose day has passed first. */
export function ClosingCard({ scope }: { scope: Scope }) {
  const t = workbenchMessages.useT();
  const format = useFormat();
  const filter = closingThisMonth(scope);
  const { data } = useTop("opportunity", { filter, sort: "expected_close_date", limit: 3 });
  const deals = data?.data ?? [];
  return (
    <Card
      title={t("closing.title")}
      count={data?.page.count?.value ? t("closing.sub", { n: format.count(data.page.count) }) : undefined}
      more={
        deals.length > 0 ? (
          <MoreLink
            to={listPath("opportunity", filter, "expected_close_date")}
            word={t("closing.all")}
            of={t("closing.title")}
          />
        ) : null
      }
    >
      <ul className={styles.deals}>
        {deals.map((deal) => {
          const customer = linkTitle(deal.customer);
          const day = typeof deal.expected_close_date === "string" ? deal.expected_close_date : null;
          const late = -(format.daysFromToday(day) ?? 0);
          return (
            <li key={deal.id}>
              <Logo name={customer || deal.title} />
              <Link to={recordPath(deal)} className={styles.dealText}>
                <span className="gx-cut">{deal.title}</span>
                <span className="gx-cut gx-3 gx-s12">{customer}</span>
              </Link>
              <span className={styles.dealNumbers}>
                <b>
                  <Money value={deal.amount as number | null} currency={deal.currency as string | null} />
                </b>
                {late > 0 ? (
                  <span className="gx-s12 gx-bad">{t("closing.late", { n: late })}</span>
                ) : (
                  <RelativeTime value={day} as="day" className="gx-s12 gx-3" />
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {!data && <CardSkeleton />}
      {data && deals.length === 0 && <Empty small title={t("closing.empty")} />}
    </Card>
  );
}
