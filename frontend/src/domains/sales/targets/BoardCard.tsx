import { App, Checkbox } from "antd";
import { Avatar, Card, Empty, useProblem } from "@/kit";
import { useT } from "./messages";
import type { BoardRow, StandingPlan, Unit } from "./model";
import { Place } from "./Place";
import { useBoard, usePlanChanges } from "./queries";
import styles from "./targets.module.css";
import { useFigures } from "./useFigures";

const SHOWN = 20;

/** Who is how far; whoever would rather not be named is a colleague. */
export function BoardCard({ plan, unit, day }: { plan: StandingPlan; unit: Unit; day: string }) {
  const t = useT();
  const say = useProblem();
  const { message } = App.useApp();
  const { data } = useBoard(plan.id, unit, day);
  const { shy } = usePlanChanges();
  if (!data || (data.rows.length < 2 && !plan.open_board)) return null;
  const shown = data.rows.filter((row, index) => index < SHOWN || row.me);
  const hide = (on: boolean) =>
    shy.mutate(on, {
      onSuccess: () => void message.success(t(on ? "shy_on" : "shy_off")),
      onError: (error) => say(error),
    });
  return (
    <Card
      title={t("board")}
      more={
        <Checkbox checked={data.shy} disabled={shy.isPending} onChange={(event) => hide(event.target.checked)}>
          {t("shy")}
        </Checkbox>
      }
    >
      {shown.length === 0 && <Empty small title={t("board_none")} />}
      <ol className={styles.board}>
        {shown.map((row) => (
          <Line key={row.id ?? `rank-${row.rank}-${row.percent}-${data.rows.indexOf(row)}`} plan={plan} row={row} />
        ))}
      </ol>
    </Card>
  );
}

function Line({ plan, row }: { plan: StandingPlan; row: BoardRow }) {
  const t = useT();
  const { short, format } = useFigures();
  return (
    <li data-me={row.me || undefined}>
      <span className={styles.rank}>
        <Place rank={row.rank} won={row.percent !== null && row.percent > 0} />
      </span>
      <Avatar id={row.id ?? String(row.rank)} name={row.name ?? "·"} size="sm" />
      <span className="gx-cut">
        {row.name ?? <span className="gx-3">{t("somebody")}</span>}
        {row.me && <span className="gx-3 gx-s12"> {t("me")}</span>}
      </span>
      <span className={styles.boardActual}>{row.actual === null ? "" : short(plan, row.actual)}</span>
      <b>{row.percent === null ? "—" : format.percent(row.percent)}</b>
    </li>
  );
}
