/** Where a figure moved between two periods: the segments that moved it most, in words, with the records behind them. */
import { Drawer, Select, Skeleton } from "antd";
import { TrendingDown, TrendingUp, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import type { Explanation, FilterNode, ObjectSchema, ReportMeasure } from "@/api/types";
import { Empty, Icon, problemText, useFormat } from "@/kit";
import { useT } from "../messages";
import { useExplanation } from "../table/useRecords";
import { behind, listOf } from "./drawn";
import { useReportNames } from "./names";
import type { ReportChoice } from "./ReportBar";
import styles from "./report.module.css";

interface Props {
  object: ObjectSchema;
  choice: ReportChoice;
  filter: FilterNode | null;
  q: string;
  onClose: () => void;
}

export function Explain({ object, choice, filter, q, onClose }: Props) {
  const t = useT();
  const names = useReportNames(object);
  const [measure, setMeasure] = useState(0);
  const { groups, measures, compare } = choice;
  const found = useExplanation(object.key, { definition: { filter, groups, measures, compare }, q, measure });
  return (
    <Drawer open title={t("explain.title")} onClose={onClose} size={560}>
      <div className={styles.explain}>
        {measures.length > 1 && (
          <Select
            aria-label={t("report.figures")}
            value={measure}
            options={measures.map((each, value) => ({ value, label: names.measure({ ...each, show: "value" }) }))}
            onChange={setMeasure}
          />
        )}
        {found.isError ? (
          <Empty small icon={TriangleAlert} title={problemText(found.error)} />
        ) : found.data ? (
          <Told object={object} told={found.data} measure={measures[measure]} names={names} q={q} />
        ) : (
          <Skeleton active title={false} paragraph={{ rows: 8 }} />
        )}
      </div>
    </Drawer>
  );
}

interface ToldProps {
  object: ObjectSchema;
  told: Explanation;
  measure: ReportMeasure | undefined;
  names: ReturnType<typeof useReportNames>;
  q: string;
}

function Told({ object, told, measure, names, q }: ToldProps) {
  const t = useT();
  const format = useFormat();
  if (!measure) return null;
  const plain = { ...measure, show: "value" as const };
  const write = (value: number | null) => names.write(plain, value);
  const moved = (value: number) => names.cell({ measure: plain, at: 0, as: "change" }, value);
  const change = (told.now ?? 0) - (told.before ?? 0);
  const values = {
    name: names.measure(plain),
    before: write(told.before),
    now: write(told.now),
    change: moved(change),
  };
  return (
    <>
      <p>{t(change === 0 ? "explain.same" : "explain.whole", values)}</p>
      {told.dimensions.length === 0 && <p className="gx-3">{t("explain.nothing")}</p>}
      {told.dimensions.map(({ group, segments, others }) => (
        <section key={group.field} aria-label={names.path(group.field)}>
          <h3>{t("explain.by", { name: names.path(group.field) })}</h3>
          <ol>
            {segments.map((each) => {
              const head = { key: each.key, label: each.label };
              const opened = (filter: FilterNode | null) => listOf(object, behind(filter, [group], head, null), q);
              return (
                <li key={JSON.stringify(each.key)}>
                  <Icon as={each.contribution > 0 ? TrendingUp : TrendingDown} size={14} />
                  <b>{names.head(head, group)}</b>
                  <span>
                    {moved(each.contribution)}
                    {each.share !== null &&
                      ` · ${t(each.share > 0 ? "explain.share" : "explain.against", { share: format.percent(Math.abs(each.share) * 100, 0) })}`}
                  </span>
                  <span className="gx-3">
                    <Link to={opened(told.filter_before)}>{write(each.before)}</Link>
                    {" → "}
                    <Link to={opened(told.filter)}>{write(each.now)}</Link>
                  </span>
                </li>
              );
            })}
          </ol>
          {others > 0 && <small className="gx-3">{t("explain.others", { n: others })}</small>}
        </section>
      ))}
      <p className="gx-3 gx-s12">{t("explain.note")}</p>
    </>
  );
}
