/** A widget: its name, what the filter bar does not narrow in it, and its figures, or why there are none. */
import { Button, Skeleton } from "antd";
import { ChartNoAxesColumn, FilterX, Table2, TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { useSchema } from "@/api";
import { useLabel } from "@/i18n";
import { Empty, Icon, useFormat } from "@/kit";
import { writeState } from "../views/url-state";
import styles from "./dashboards.module.css";
import { FigureBody } from "./FigureBody";
import { heightOf } from "./grid";
import { useT } from "./messages";
import { ReportBody } from "./ReportBody";
import type { Widget, WidgetFigures } from "./types";

interface Props {
  widget: Widget;
  counted: WidgetFigures | undefined;
  /** What stands in its head while the dashboard is being changed. */
  tools?: ReactNode;
  failed?: boolean;
}

const HEAD = 76;

export function useWidgetName() {
  const t = useT();
  const label = useLabel();
  return (widget: Widget, counted: WidgetFigures | undefined): string =>
    label(widget.name ?? counted?.name, t("widget.untitled"));
}

export function WidgetCard({ widget, counted, tools, failed = false }: Props) {
  const t = useT();
  const format = useFormat();
  const { byKey } = useSchema();
  const [asTable, setAsTable] = useState(false);
  const name = useWidgetName()(widget, counted);
  const object = byKey.get(widget.object);
  const isFigure = widget.kind === "figure";
  const chart = counted?.definition?.chart;
  const drawn = !isFigure && chart && chart !== "table" && chart !== "number" && counted?.definition?.groups.length;
  const error = counted?.error?.message ?? (object ? undefined : t("failed"));
  return (
    <article className={styles.card} aria-label={name} data-kind={widget.kind}>
      <header className={tools ? "gx-drag" : undefined}>
        <h2 className="gx-cut">
          {tools || !counted?.definition ? name : <Link to={addressOf(widget, counted)}>{name}</Link>}
        </h2>
        {counted && counted.skipped.length > 0 && (
          <span
            className={styles.skipped}
            title={t("skipped", { parts: format.list(counted.skipped.map((part) => t(`part.${part}`))) })}
          >
            <Icon as={FilterX} size={12} />
            <span>{t("skipped", { parts: format.list(counted.skipped.map((part) => t(`part.${part}`))) })}</span>
          </span>
        )}
        {drawn && !tools ? (
          <Button
            type="text"
            size="small"
            className={styles.switch}
            aria-pressed={asTable}
            aria-label={`${name} · ${t(asTable ? "widget.as_chart" : "widget.as_table")}`}
            title={t(asTable ? "widget.as_chart" : "widget.as_table")}
            icon={<Icon as={asTable ? ChartNoAxesColumn : Table2} size={14} />}
            onClick={() => setAsTable(!asTable)}
          />
        ) : null}
        {tools}
      </header>
      <div className={styles.body}>
        {error ? (
          <Empty small icon={TriangleAlert} title={error} />
        ) : !counted || !object ? (
          failed ? null : (
            <Skeleton active title={false} paragraph={{ rows: isFigure ? 1 : Math.max(3, widget.h - 2) }} />
          )
        ) : isFigure ? (
          <FigureBody object={object} widget={widget} counted={counted} />
        ) : (
          <ReportBody object={object} counted={counted} room={heightOf(widget.h) - HEAD} asTable={asTable} />
        )}
      </div>
    </article>
  );
}

/** The report itself, narrowed as it is here. */
function addressOf(widget: Widget, counted: WidgetFigures): string {
  const state = { sort: undefined, q: "", open: null, filter: counted.definition?.filter ?? null };
  const view = widget.view ? { view: widget.view, kind: null } : { view: "builtin:all", kind: "report" as const };
  return `/o/${widget.object}?${writeState({ ...state, ...view })}`;
}
