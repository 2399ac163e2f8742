import { Skeleton } from "antd";
import { Link } from "react-router";
import type { FilterNode, GroupRow } from "@/api/types";
import { Card, useFormat } from "@/kit";
import { all, CATEGORIES, type Cell, gridOf, listOf, open, type Scope, stretches, totalOf } from "./forecast";
import styles from "./forecast.module.css";
import { useT } from "./messages";

const NAMED = { overdue: "overdue", later: "later", none: "no_date" } as const;

/** Open deals by when they are expected to close and how sure they are. */
export function ForecastGrid({ scope, today, rows }: { scope: Scope; today: string; rows: GroupRow[] | undefined }) {
  const t = useT();
  const format = useFormat();
  const grid = gridOf(today, rows ?? []);
  const shown = stretches(today).filter((each) => !(each.key in NAMED) || grid.has(each.key));
  const name = (key: string) => (key in NAMED ? t(NAMED[key as keyof typeof NAMED]) : monthOf(key, format.locale));
  return (
    <Card title={t("grid")}>
      {!rows && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {rows && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t("month")}</th>
                {CATEGORIES.map((category) => (
                  <th key={category} scope="col">
                    {t(`categories.${category}`)}
                  </th>
                ))}
                <th scope="col">{t("total")}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => {
                const cells = grid.get(row.key);
                return (
                  <tr key={row.key}>
                    <th scope="row" className={row.key === "overdue" ? "gx-bad" : undefined}>
                      {name(row.key)}
                    </th>
                    {CATEGORIES.map((category) => (
                      <td key={category}>
                        <Figure
                          cell={cells?.get(category)}
                          to={all(open(scope), row.filter, { field: "forecast_category", op: "is", value: category })}
                        />
                      </td>
                    ))}
                    <td>
                      <Figure
                        strong
                        cell={cells ? totalOf(cells) : undefined}
                        to={all(open(scope), row.filter, {
                          not: { field: "forecast_category", op: "is", value: "omitted" },
                        })}
                      />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function Figure({ cell, to, strong }: { cell: Cell | undefined; to: FilterNode; strong?: boolean }) {
  const t = useT();
  const format = useFormat();
  if (!cell || cell.count === 0) return <span className="gx-3">{t("none")}</span>;
  return (
    <Link to={listOf(to, "-amount")} title={format.money(cell.sum)} className={strong ? styles.strong : undefined}>
      {format.moneyShort(cell.sum)}
      <small>{format.number(cell.count)}</small>
    </Link>
  );
}

const monthOf = (day: string, locale: string) =>
  new Intl.DateTimeFormat(locale, { year: "numeric", month: "short", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
