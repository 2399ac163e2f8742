import { Button } from "antd";
import { Pencil, Plus, Trophy } from "lucide-react";
import { useState } from "react";
import { useLabel } from "@/i18n";
import { Avatar, Card, Chip, Empty, Icon } from "@/kit";
import { useT as useTargetT } from "../messages";
import { Place } from "../Place";
import { useOverview } from "../queries";
import styles from "../targets.module.css";
import { useFigures } from "../useFigures";
import { ContestDrawer } from "./ContestDrawer";
import { useT } from "./messages";
import type { Contest } from "./model";
import { useContests } from "./queries";

const SHOWN = 5;

/** Competitions that run, and who won those that are over. Nothing for who takes part in none. */
export function ContestsCard() {
  const t = useT();
  const { data } = useContests();
  const plans = useOverview().data?.plans ?? [];
  const [edited, setEdited] = useState<Contest | "new" | null>(null);
  if (!data || (data.data.length === 0 && !data.may)) return null;
  return (
    <Card
      title={t("contests")}
      more={
        data.may &&
        plans.length > 0 && (
          <Button size="small" type="text" icon={<Icon as={Plus} />} onClick={() => setEdited("new")}>
            {t("contest_new")}
          </Button>
        )
      }
    >
      {data.data.length === 0 && <Empty small title={t("contests_none")} />}
      {data.data.slice(0, SHOWN).map((contest) => (
        <One key={contest.id} contest={contest} onEdit={data.may ? () => setEdited(contest) : undefined} />
      ))}
      {edited && (
        <ContestDrawer contest={edited === "new" ? null : edited} plans={plans} onClose={() => setEdited(null)} />
      )}
    </Card>
  );
}

function One({ contest, onEdit }: { contest: Contest; onEdit?: () => void }) {
  const t = useT();
  const words = useTargetT();
  const label = useLabel();
  const { short, format } = useFigures();
  const over = contest.closed_at !== null;
  const shown = contest.rows.filter((row, index) => index < SHOWN || row.me);
  return (
    <section className={styles.contest} aria-label={label(contest.name)}>
      <div className={styles.contestHead}>
        <Icon as={Trophy} size={16} />
        <b className="gx-cut">{label(contest.name)}</b>
        <Chip tone={over ? "mute" : "ok"}>{t(over ? "contest_over" : "contest_runs")}</Chip>
        {onEdit && (
          <Button
            size="small"
            type="text"
            icon={<Icon as={Pencil} />}
            aria-label={t("contest_edit")}
            onClick={onEdit}
          />
        )}
      </div>
      <p className="gx-3 gx-s12">
        {format.shortDay(contest.first)} – {format.shortDay(contest.last)} · {label(contest.plan.name)}
        {contest.prize && ` · ${contest.prize}`}
      </p>
      <ol className={styles.board}>
        {shown.map((row) => (
          <li key={row.id ?? `${row.rank}-${contest.rows.indexOf(row)}`} data-me={row.me || undefined}>
            <span className={styles.rank}>
              <Place rank={row.rank} won={over} />
            </span>
            <Avatar id={row.id ?? String(row.rank)} name={row.name ?? "·"} size="sm" />
            <span className="gx-cut">{row.name ?? <span className="gx-3">{words("somebody")}</span>}</span>
            <span />
            <b>{row.actual === null ? "" : short(contest.plan, row.actual)}</b>
          </li>
        ))}
      </ol>
      {over && shown.length === 0 && <p className="gx-3 gx-s12">{t("contest_nobody")}</p>}
    </section>
  );
}
