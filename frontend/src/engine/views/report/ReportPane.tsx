/** Records as numbers: a picture, its figures beside it, and the records behind every one of them. */
import { Button, Skeleton } from "antd";
import { Download, Lightbulb, TriangleAlert } from "lucide-react";
import { useMemo, useState } from "react";
import { useNavigate } from "react-router";
import type { ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Empty, Icon, lazyPart, problemText, useIsPhone } from "@/kit";
import { useT } from "../messages";
import type { ListControls } from "../useListState";
import { chartHeight } from "./chart-option";
import { saveCsv } from "./csv";
import { behind, counted, drawnOf, listOf } from "./drawn";
import type { Head, Matrix } from "./matrix";
import { Numbers } from "./Numbers";
import { useReportNames } from "./names";
import { ReportBar, type ReportChoice } from "./ReportBar";
import { ReportTable } from "./ReportTable";
import styles from "./report.module.css";
import { useReport } from "./useReport";

const Picture = lazyPart(
  async () => (await import("./Picture")).Picture,
  ({ drawn }) => <div style={{ height: chartHeight(drawn) }} />,
);

const Explain = lazyPart(async () => (await import("./Explain")).Explain);

export function ReportPane({ object, list }: { object: ObjectSchema; list: ListControls }) {
  const t = useT();
  const navigate = useNavigate();
  const choice = list.report;
  const names = useReportNames(object);
  const [isExplained, setExplained] = useState(false);
  const found = useReport(object, { filter: list.filter, q: list.q, ...choice });
  const { matrix } = found;
  const open = (row: Head | null, column: Head | null, before = false) =>
    navigate(listOf(object, behind(counted(found.data, before), choice.groups, row, column, before), list.q));
  return (
    <div className={styles.pane}>
      <ReportBar object={object} value={choice} onChange={list.setReport} />
      {found.isError ? (
        <Empty icon={TriangleAlert} title={t("page.failed")}>
          {problemText(found.error)}
        </Empty>
      ) : matrix ? (
        <Figures
          object={object}
          choice={choice}
          matrix={matrix}
          names={names}
          onOpen={open}
          whole={found.data?.whole ?? true}
          onExplain={found.data?.before ? () => setExplained(true) : undefined}
        />
      ) : (
        <Skeleton active title={false} paragraph={{ rows: 10 }} />
      )}
      {isExplained && (
        <Explain object={object} choice={choice} filter={list.filter} q={list.q} onClose={() => setExplained(false)} />
      )}
    </div>
  );
}

interface FiguresProps {
  object: ObjectSchema;
  choice: ReportChoice;
  matrix: Matrix;
  names: ReturnType<typeof useReportNames>;
  whole: boolean;
  onOpen: (row: Head | null, column: Head | null, before?: boolean) => void;
  /** Absent where nothing is compared. */
  onExplain?: () => void;
}

function Figures({ object, choice, matrix, names, whole, onOpen, onExplain }: FiguresProps) {
  const t = useT();
  const label = useLabel();
  const narrow = useIsPhone();
  const [first, second] = choice.groups;
  const title = first ? names.path(first.field) : label(object.label_plural);
  // biome-ignore lint/correctness/useExhaustiveDependencies: names are made of the object and the language
  const drawn = useMemo(() => drawnOf(choice, matrix, names, narrow), [choice, matrix, narrow, title]);
  if (first && matrix.rows.length === 0) return <p className="gx-3">{t("groups.none")}</p>;
  const picked = (series: number, at: number) => {
    const row = matrix.rows[at];
    if (row && !row.others) onOpen(row, second ? (matrix.columns[series] ?? null) : null, series === drawn?.muted);
  };
  return (
    <>
      {(choice.chart === "number" || choice.chart === "gauge" || !first) && (
        <Numbers choice={choice} totals={matrix.totals} names={names} onOpen={(before) => onOpen(null, null, before)} />
      )}
      {drawn && <Picture drawn={drawn} onPick={picked} />}
      {first && (
        <div className={styles.scroll}>
          <ReportTable
            matrix={matrix}
            groups={choice.groups}
            measures={choice.measures}
            compare={choice.compare}
            names={names}
            title={title}
            onOpen={onOpen}
          />
        </div>
      )}
      {(first || onExplain) && (
        <div className={styles.foot}>
          {!whole && <span>{t("report.cut")}</span>}
          {onExplain && (
            <Button size="small" type="text" icon={<Icon as={Lightbulb} size={14} />} onClick={onExplain}>
              {t("explain.title")}
            </Button>
          )}
          {first && (
            <Button
              size="small"
              type="text"
              icon={<Icon as={Download} size={14} />}
              onClick={() => saveCsv(title, matrix, choice, names)}
            >
              {t("report.download")}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
