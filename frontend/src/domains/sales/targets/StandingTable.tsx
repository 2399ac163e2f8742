import { Building2, Users } from "lucide-react";
import { Avatar, Icon } from "@/kit";
import { FigureLink } from "./FigureLink";
import { PaceChip } from "./MyPace";
import { useT } from "./messages";
import { depths, type Row, type StandingPlan } from "./model";
import styles from "./targets.module.css";
import { toneOf, useFigures } from "./useFigures";

/** The firm, its teams and people: target, reached, bar with where one should be by now. */
export function StandingTable({ plan }: { plan: StandingPlan }) {
  const t = useT();
  const deep = depths(plan.rows);
  return (
    <div className={styles.tableBox}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("who")}</th>
            <th scope="col" className={styles.right}>
              {t("target")}
            </th>
            <th scope="col" className={styles.right}>
              {t("actual")}
            </th>
            <th scope="col">{t("rate")}</th>
            <th scope="col">{t("pace")}</th>
            <th scope="col" className={styles.right}>
              {t("projected")}
            </th>
          </tr>
        </thead>
        <tbody>
          {plan.rows.map((row, index) => (
            <Line key={`${row.kind}:${row.id}`} plan={plan} row={row} depth={deep[index] ?? 0} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ plan, row, depth }: { plan: StandingPlan; row: Row; depth: number }) {
  const t = useT();
  const { short, full, format } = useFigures();
  const name = row.kind === "firm" ? t("firm") : row.name;
  const value = full(plan, row.actual);
  const over = row.difference ?? 0;
  return (
    <tr data-kind={row.kind}>
      <th scope="row">
        <span className={styles.who} style={{ paddingLeft: depth * 18 }}>
          {row.kind === "user" ? (
            <Avatar id={row.id} name={row.name} size="sm" />
          ) : (
            <Icon as={row.kind === "team" ? Users : Building2} size={16} />
          )}
          <span className="gx-cut">{name}</span>
        </span>
      </th>
      <td className={styles.right}>
        <span title={full(plan, row.target)}>{short(plan, row.target)}</span>
        {over !== 0 && (
          <span className={`gx-3 gx-s12 ${styles.under}`}>
            {t(over > 0 ? "parts_more" : "parts_less", { n: short(plan, Math.abs(over)) })}
          </span>
        )}
      </td>
      <td className={styles.right}>
        <FigureLink lists={row.lists} label={t("open_list", { name, value })}>
          <span title={value}>{short(plan, row.actual)}</span>
        </FigureLink>
      </td>
      <td>
        <Bar row={row} />
        <span className={styles.percent}>{row.percent === null ? "—" : format.percent(row.percent)}</span>
      </td>
      <td>
        <PaceChip row={row} />
      </td>
      <td className={styles.right}>
        {row.pace.projected === null
          ? "—"
          : short(plan, plan.money ? row.pace.projected : Math.round(row.pace.projected))}
      </td>
    </tr>
  );
}

/** From nought to the target; past it the bar is full. */
function Bar({ row }: { row: Row }) {
  const expected = row.pace.expected_percent;
  return (
    <span className={styles.bar} aria-hidden="true">
      <i
        data-tone={toneOf(row.percent, expected)}
        style={{ width: `${Math.min(Math.max(row.percent ?? 0, 0), 100)}%` }}
      />
      {expected !== null && expected > 0 && expected < 100 && <b style={{ left: `${expected}%` }} />}
    </span>
  );
}
