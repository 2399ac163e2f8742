import { Skeleton } from "antd";
import { Link } from "react-router";
import type { FilterNode } from "@/api/types";
import { useLabel } from "@/i18n";
import { Card, Empty, useFormat } from "@/kit";
import { all, closed, listOf, type Scope, type Span } from "./forecast";
import styles from "./forecast.module.css";
import { useT } from "./messages";
import { useCompetitors, useReasons } from "./queries";

interface Props {
  scope: Scope;
  span: Span;
}

/** Why deals were lost, the most frequent reason first. */
export function Reasons({ scope, span }: Props) {
  const t = useT();
  const format = useFormat();
  const label = useLabel();
  const { data } = useReasons(scope, span);
  const most = Math.max(...(data ?? []).map((row) => row.values.count ?? 0), 1);
  return (
    <Card title={t("reasons")}>
      {!data && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {data?.length === 0 && <Empty small title={t("reasons_none")} />}
      <ul className={styles.bars}>
        {data?.map((row) => {
          const reason = row.keys.loss_reason;
          const leaf: FilterNode = reason
            ? { field: "loss_reason", op: "is", value: reason }
            : { field: "loss_reason", op: "is_empty" };
          const said = row.labels.loss_reason;
          return (
            <li key={String(reason)}>
              <Link to={listOf(all(closed(scope, span, "lost"), leaf), "-amount")} data-tone="lost">
                <span>{reason ? (typeof said === "string" ? said : label(said)) : t("unsaid")}</span>
                <span className={styles.track}>
                  <i style={{ width: `${((row.values.count ?? 0) / most) * 100}%` }} />
                </span>
                <span className="gx-num">{format.number(row.values.count ?? 0)}</span>
                <span className="gx-3 gx-s12 gx-num">{format.moneyShort(row.values.sum ?? 0)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

/** Against whom deals were won and lost. */
export function Competitors({ scope, span }: Props) {
  const t = useT();
  const format = useFormat();
  const { data } = useCompetitors(scope, span);
  const names = [...new Set((data ?? []).map((row) => String(row.keys.competitor)))];
  const count = (name: string, status: string) =>
    data?.find((row) => row.keys.competitor === name && row.keys.status === status)?.values.count ?? 0;
  return (
    <Card title={t("competitors")}>
      {data?.length === 0 && <Empty small title={t("competitors_none")} />}
      <ul className={styles.bars}>
        {names.map((name) => {
          const [won, lost] = [count(name, "won"), count(name, "lost")];
          const filter = all(closed(scope, span), { field: "competitor", op: "is", value: name });
          return (
            <li key={name}>
              <Link to={listOf(filter, "-amount")}>
                <span className="gx-cut">{name}</span>
                <span className={styles.track}>
                  <i style={{ width: `${(won / Math.max(won + lost, 1)) * 100}%` }} />
                </span>
                <span className="gx-num">{format.percent((won / Math.max(won + lost, 1)) * 100, 1)}</span>
                <span className="gx-3 gx-s12">{t("against", { won, lost })}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
