import { Chip } from "@/kit";
import { FigureLink } from "./FigureLink";
import { useT } from "./messages";
import type { Plan, Row } from "./model";
import { Ring } from "./Ring";
import styles from "./targets.module.css";
import { toneOf, useFigures } from "./useFigures";

/** One person's (or team's) target: the ring, what is expected by now, what is missing, where it leads. */
export function MyPace({ plan, row }: { plan: Plan; row: Row }) {
  const t = useT();
  const { short, format } = useFigures();
  const { pace } = row;
  const missing = row.target === null ? null : row.target - row.actual;
  const open = t("open_list", { name: t("actual"), value: short(plan, row.actual) });
  return (
    <div className={styles.pace}>
      <Ring
        percent={row.percent}
        expected={pace.expected_percent}
        label={`${t("rate")} ${row.percent === null ? t("no_target") : format.percent(row.percent)}`}
      >
        {row.percent === null ? (
          <b className={styles.ringNone}>—</b>
        ) : (
          <b>
            {format.number(Math.floor(row.percent))}
            <small>%</small>
          </b>
        )}
        <span>{short(plan, row.actual)}</span>
      </Ring>
      <dl className={styles.facts}>
        {pace.expected_percent !== null && row.percent !== null ? (
          <div>
            <dt>{t("expected")}</dt>
            <dd>
              {t("expected_of", { percent: format.percent(Math.round(pace.expected_percent)) })} <PaceChip row={row} />
            </dd>
          </div>
        ) : null}
        <div>
          <dt>{t("actual")}</dt>
          <dd>
            <FigureLink lists={row.lists} label={open}>
              {short(plan, row.actual)}
            </FigureLink>
            {row.target !== null && <span className="gx-2"> / {short(plan, row.target)}</span>}
          </dd>
        </div>
        {missing !== null && missing > 0 && (
          <div>
            <dt>{t("missing")}</dt>
            <dd>
              {short(plan, missing)}
              {pace.left > 0 && <span className="gx-2"> · {t("left", { n: pace.left })}</span>}
            </dd>
          </div>
        )}
        {pace.projected !== null && (
          <div>
            <dt>{t("projected")}</dt>
            <dd>{short(plan, plan.money ? pace.projected : Math.round(pace.projected))}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}

/** Ahead or behind, in points of the target. */
export function PaceChip({ row }: { row: Row }) {
  const t = useT();
  const { format } = useFigures();
  const { expected_percent: expected } = row.pace;
  if (row.percent === null || expected === null) return null;
  if (row.percent >= 100) return <Chip tone="ok">{t("reached")}</Chip>;
  const points = Math.round(row.percent - expected);
  const tone = toneOf(row.percent, expected);
  const n = format.percent(Math.abs(points));
  return <Chip tone={tone}>{points === 0 ? t("on_pace") : t(points > 0 ? "ahead" : "behind", { n })}</Chip>;
}
