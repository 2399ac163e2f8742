import { Skeleton } from "antd";
import { Link } from "react-router";
import { Card, Empty, useFormat } from "@/kit";
import { all, closed, listOf, monthAfter, quarterOf, type Scope } from "./forecast";
import styles from "./forecast.module.css";
import { useT } from "./messages";
import { useQuarters } from "./queries";

/** What was won in the last quarters in which anything was, oldest first; bars from zero. */
export function Quarters({ scope }: { scope: Scope }) {
  const t = useT();
  const format = useFormat();
  const { data } = useQuarters(scope);
  const rows = [...(data ?? [])].reverse().filter((row) => typeof row.keys.close_date === "string");
  const most = Math.max(...rows.map((row) => row.values.sum ?? 0), 1);
  return (
    <Card title={t("quarters")}>
      {!data && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {data && rows.length === 0 && <Empty small title={t("quarters_none")} />}
      <ul className={styles.bars}>
        {rows.map((row) => {
          const day = String(row.keys.close_date);
          const filter = all(
            closed(scope, "ever", "won"),
            { field: "close_date", op: "on_or_after", value: day },
            { field: "close_date", op: "before", value: monthAfter(day, 3) },
          );
          return (
            <li key={day}>
              <Link to={listOf(filter, "-amount")}>
                <span>{t("quarter", quarterOf(day))}</span>
                <span className={styles.track}>
                  <i style={{ width: `${((row.values.sum ?? 0) / most) * 100}%` }} />
                </span>
                <span className="gx-num">{format.money(row.values.sum ?? 0)}</span>
                <span className="gx-3 gx-s12 gx-num">{format.number(row.values.count ?? 0)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
