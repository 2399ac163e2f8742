/** A new widget: a report that there is, or a single figure of any object. */
import { Button, Drawer, Input, Segmented, Select, Skeleton } from "antd";
import { useState } from "react";
import { type ObjectSchema, type SavedView, useSchema } from "@/api";
import type { ReportMeasure, ViewDefinition } from "@/api/types";
import { useLabel } from "@/i18n";
import { Empty, Icon, objectIcon } from "@/kit";
import { useReports } from "../../reports/queries";
import { Builder } from "../../views/lazy";
import { dateOf } from "../../views/period/windows";
import { measuresOf, useReportNames } from "../../views/report/names";
import styles from "../dashboards.module.css";
import { useT } from "../messages";
import type { Widget } from "../types";
import { DateSelect } from "./DateSelect";

export type NewWidget = Omit<Widget, "id" | "x" | "y" | "w" | "h"> & { chart?: ViewDefinition["chart"] };

interface Props {
  open: boolean;
  onClose: () => void;
  onAdd: (widget: NewWidget) => void;
}

const BARE = { name: null, view: null, definition: null, date: null, compare: null, period: null } as const;

export function AddWidget({ open, onClose, onAdd }: Props) {
  const t = useT();
  const [kind, setKind] = useState<Widget["kind"]>("report");
  return (
    <Drawer open={open} title={t("widget.add_title")} onClose={onClose} size={440} destroyOnHidden>
      <div className={styles.form}>
        <Segmented
          block
          value={kind}
          onChange={setKind}
          options={(["report", "figure"] as const).map((value) => ({ value, label: t(`widget.${value}`) }))}
        />
        {kind === "report" ? <Reports onAdd={onAdd} /> : <Figure onAdd={onAdd} />}
      </div>
    </Drawer>
  );
}

function Reports({ onAdd }: Pick<Props, "onAdd">) {
  const t = useT();
  const label = useLabel();
  const reports = useReports();
  const { objects, byKey } = useSchema();
  const [sought, setSought] = useState("");
  const word = sought.trim().toLowerCase();
  const fits = (report: SavedView, object: ObjectSchema) =>
    report.object === object.key &&
    (!word || `${label(report.name)} ${label(object.label)}`.toLowerCase().includes(word));
  const add = (report: SavedView) => {
    const object = byKey.get(report.object);
    const { groups = [], chart } = report.definition;
    // Over months a chart keeps its whole time; what is counted by kind follows the period.
    const timed = groups.some((by) => object?.fields.find(({ key }) => key === by.field)?.buckets?.includes("day"));
    onAdd({
      ...BARE,
      kind: "report",
      object: report.object,
      view: report.id,
      date: object && !timed ? dateOf(object) : null,
      chart,
    });
  };
  const found = objects.flatMap((object) => {
    const own = (reports.data ?? []).filter((report) => fits(report, object));
    return own.length ? [{ object, own }] : [];
  });
  return (
    <>
      <Input.Search
        allowClear
        aria-label={t("widget.find")}
        placeholder={t("widget.find")}
        value={sought}
        onChange={(event) => setSought(event.target.value)}
      />
      {reports.isPending && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      {reports.data && found.length === 0 && <Empty small title={t("widget.none")} />}
      {found.map(({ object, own }) => (
        <section key={object.key} className={styles.choices} aria-label={label(object.label_plural ?? object.label)}>
          <h3>
            <Icon as={objectIcon(object.icon, object.key)} size={14} />
            {label(object.label_plural ?? object.label)}
          </h3>
          {own.map((report) => (
            <button key={report.id} type="button" onClick={() => add(report)}>
              {label(report.name)}
            </button>
          ))}
        </section>
      ))}
    </>
  );
}

function Figure({ onAdd }: Pick<Props, "onAdd">) {
  const t = useT();
  const label = useLabel();
  const { objects } = useSchema();
  const offered = objects.filter((object) => !object.line_of && !object.hidden);
  const [key, setKey] = useState(offered[0]?.key ?? "");
  const object = offered.find((each) => each.key === key);
  return (
    <>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the select inside */}
      <label className={styles.field}>
        <span>{t("widget.object")}</span>
        <Select
          value={key}
          aria-label={t("widget.object")}
          showSearch={{ optionFilterProp: "label" }}
          options={offered.map((each) => ({ value: each.key, label: label(each.label_plural ?? each.label) }))}
          onChange={setKey}
        />
      </label>
      {object && <FigureOf key={key} object={object} onAdd={onAdd} />}
    </>
  );
}

function FigureOf({ object, onAdd }: { object: ObjectSchema } & Pick<Props, "onAdd">) {
  const t = useT();
  const label = useLabel();
  const names = useReportNames(object);
  const offered = measuresOf(object);
  const [at, setAt] = useState(0);
  const [date, setDate] = useState<string | null>(() => dateOf(object));
  const [compare, setCompare] = useState<Widget["compare"]>("previous");
  const [filter, setFilter] = useState<ViewDefinition["filter"]>(null);
  const measure: ReportMeasure = offered[at] ?? { op: "count", show: "value" };
  return (
    <>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the select inside */}
      <label className={styles.field}>
        <span>{t("widget.measure")}</span>
        <Select
          value={at}
          aria-label={t("widget.measure")}
          showSearch={{ optionFilterProp: "label" }}
          options={offered.map((each, value) => ({ value, label: names.measure(each) }))}
          onChange={setAt}
        />
      </label>
      <div className={styles.field}>
        <span>{t("widget.filter")}</span>
        <Builder object={object} filter={filter ?? null} onChange={setFilter} />
      </div>
      <DateSelect object={object} value={date} onChange={setDate} />
      {date && <CompareSelect value={compare} onChange={setCompare} />}
      <Button
        type="primary"
        onClick={() =>
          onAdd({
            ...BARE,
            kind: "figure",
            object: object.key,
            date,
            compare: date ? compare : null,
            definition: { filter: filter ?? null, groups: [], measures: [measure], chart: "number", top: null },
            name: [label(object.label_plural ?? object.label), ...(measure.field ? [names.measure(measure)] : [])]
              .join(" · ")
              .slice(0, 80),
          })
        }
      >
        {t("widget.add")}
      </Button>
    </>
  );
}

interface CompareProps {
  value: Widget["compare"];
  onChange: (value: Widget["compare"]) => void;
}

export function CompareSelect({ value, onChange }: CompareProps) {
  const t = useT();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the select inside
    <label className={styles.field}>
      <span>{t("widget.compare")}</span>
      <Select
        value={value ?? ""}
        aria-label={t("widget.compare")}
        options={[
          { value: "", label: t("widget.no_compare") },
          { value: "previous", label: t("widget.previous") },
          { value: "year", label: t("widget.year") },
        ]}
        onChange={(next) => onChange(next === "previous" || next === "year" ? next : null)}
      />
    </label>
  );
}
