/** Records as numbers: a picture, its figures beside it, and the records behind every one of them. */
import { Button, Skeleton } from "antd";
import { Download, TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { useNavigate } from "react-router";
import type { ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Empty, Icon, lazyPart, problemText, useIsPhone } from "@/kit";
import { useT } from "../messages";
import type { ListControls } from "../useListState";
import { chartHeight } from "./chart-option";
import { saveCsv } from "./csv";
import { behind, drawnOf, listOf } from "./drawn";
import type { Head, Matrix } from "./matrix";
import { useReportNames } from "./names";
import { ReportBar, type ReportChoice } from "./ReportBar";
import { ReportTable } from "./ReportTable";
import styles from "./report.module.css";
import { useReport } from "./useReport";

const Picture = lazyPart(
  async () => (await import("./Picture")).Picture,
  ({ drawn }) => <div style={{ height: chartHeight(drawn) }} />,
);

export function ReportPane({ object, list }: { object: ObjectSchema; list: ListControls }) {
  const t = useT();
  const navigate = useNavigate();
  const choice = list.report;
  const names = useReportNames(object);
  const found = useReport(object, { filter: list.filter, q: list.q, ...choice });
  const { matrix } = found;
  const open = (row: Head | null, column: Head | null) =>
    navigate(listOf(object, behind(list.filter, choice.groups, row, column), list.q));
  return (
    <div className={styles.pane}>
      <ReportBar object={object} value={choice} onChange={list.setReport} />
      {found.isError ? (
        <Empty icon={TriangleAlert} title={t("page.failed")}>
          {problemText(found.error)}
        </Empty>
      ) : matrix ? (
        <Figures object={object} choice={choice} matrix={matrix} names={names} onOpen={open} whole={found.whole} />
      ) : (
        <Skeleton active title={false} paragraph={{ rows: 10 }} />
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
  onOpen: (row: Head | null, column: Head | null) => void;
}

function Figures({ object, choice, matrix, names, whole, onOpen }: FiguresProps) {
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
    if (row && !row.others) onOpen(row, second ? (matrix.columns[series] ?? null) : null);
  };
  return (
    <>
      {(choice.chart === "number" || !first) && (
        <div className={styles.numbers}>
          {choice.measures.map((each, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a figure is its place
            <button key={at} type="button" className={styles.number} onClick={() => onOpen(null, null)}>
              <b>{names.write({ ...each, show: "value" }, matrix.totals[at])}</b>
              <span>{names.measure({ ...each, show: "value" })}</span>
            </button>
          ))}
        </div>
      )}
      {drawn && <Picture drawn={drawn} onPick={picked} />}
      {first && (
        <div className={styles.scroll}>
          <ReportTable
            matrix={matrix}
            groups={choice.groups}
            measures={choice.measures}
            names={names}
            title={title}
            onOpen={onOpen}
          />
        </div>
      )}
      {first && (
        <div className={styles.foot}>
          {!whole && <span>{t("report.cut")}</span>}
          <Button
            size="small"
            type="text"
            icon={<Icon as={Download} size={14} />}
            onClick={() => saveCsv(title, matrix, choice, names)}
          >
            {t("report.download")}
          </Button>
        </div>
      )}
    </>
  );
}
