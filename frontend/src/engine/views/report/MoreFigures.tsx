/** Figures that a list of fields does not offer: of a related field, of some of the records, one divided by another. */
import { Button, Input, Popover, Segmented, Select, Switch } from "antd";
import { Plus } from "lucide-react";
import { useState } from "react";
import type { Field, FilterNode, MeasureOp, MeasurePart, ObjectSchema, ReportMeasure } from "@/api/types";
import { Icon } from "@/kit";
import { FieldPathPicker } from "../filter/FieldPathPicker";
import { Builder } from "../lazy";
import { useT } from "../messages";
import { measuresOf, useFieldAt, useReportNames } from "./names";
import styles from "./report.module.css";

interface Props {
  object: ObjectSchema;
  onAdd: (measure: ReportMeasure) => void;
}

const OPS = ["sum", "avg", "median", "min", "max", "distinct"] as const;
const measurable = (field: Field): boolean => field.measures.length > 0;

export function MoreFigures({ object, onAdd }: Props) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<"related" | "ratio">("ratio");
  const add = (made: ReportMeasure) => {
    setOpen(false);
    onAdd(made);
  };
  const content = (
    <div className={styles.more}>
      <Segmented
        block
        value={kind}
        onChange={setKind}
        options={[
          { value: "ratio", label: t("report.ratio") },
          { value: "related", label: t("report.related") },
        ]}
      />
      {kind === "ratio" ? <Ratio object={object} onAdd={add} /> : <Related object={object} onAdd={add} />}
    </div>
  );
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={open}
      onOpenChange={setOpen}
      content={content}
      destroyOnHidden
    >
      <Button
        size="small"
        type="text"
        icon={<Icon as={Plus} size={14} />}
        aria-label={t("report.more_figures")}
        title={t("report.more_figures")}
      />
    </Popover>
  );
}

function Related({ object, onAdd }: Props) {
  const t = useT();
  const fieldAt = useFieldAt(object);
  const [path, setPath] = useState("");
  const [op, setOp] = useState<MeasureOp>("sum");
  const [filter, setFilter] = useState<FilterNode | null>(null);
  const field = fieldAt(path);
  const offered = OPS.filter((each) => field?.measures.includes(each));
  const chosen = offered.find((each) => each === op) ?? offered[0];
  return (
    <>
      <FieldPathPicker object={object} fits={measurable} label={t("report.field")} value={path} onChange={setPath} />
      <Select
        aria-label={t("report.figures")}
        disabled={!field}
        value={chosen}
        options={offered.map((value) => ({ value, label: t(`report.op_${value}`) }))}
        onChange={setOp}
      />
      <Only object={object} value={filter} onChange={setFilter} />
      <Button
        type="primary"
        disabled={!chosen}
        onClick={() => chosen && onAdd({ op: chosen, field: path, show: "value", ...(filter ? { filter } : {}) })}
      >
        {t("report.add")}
      </Button>
    </>
  );
}

function Ratio({ object, onAdd }: Props) {
  const t = useT();
  const names = useReportNames(object);
  const offered = measuresOf(object);
  const [of, setOf] = useState(0);
  const [over, setOver] = useState(0);
  const [filter, setFilter] = useState<FilterNode | null>(null);
  const [percent, setPercent] = useState(true);
  const [name, setName] = useState("");
  const part = (at: number): MeasurePart => {
    const { op, field } = offered[at] ?? { op: "count" as const, field: null };
    return { op: op === "ratio" ? "count" : op, ...(field ? { field } : {}) };
  };
  const options = offered.map((each, value) => ({ value, label: names.measure(each) }));
  const choice = (label: string, value: number, onChange: (at: number) => void) => (
    <div className={styles.side}>
      <span>{label}</span>
      <Select
        aria-label={label}
        showSearch={{ optionFilterProp: "label" }}
        value={value}
        options={options}
        onChange={onChange}
      />
    </div>
  );
  return (
    <>
      {choice(t("report.of"), of, setOf)}
      <Only object={object} value={filter} onChange={setFilter} />
      {choice(t("report.over"), over, setOver)}
      <div className={styles.side}>
        <span>{t("report.named")}</span>
        <Input
          aria-label={t("report.named")}
          maxLength={80}
          placeholder={t("report.named_example")}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch inside */}
      <label className={styles.percent}>
        <Switch size="small" checked={percent} onChange={setPercent} />
        <span>{t("report.percent")}</span>
      </label>
      <Button
        type="primary"
        onClick={() =>
          onAdd({
            op: "ratio",
            of: { ...part(of), ...(filter ? { filter } : {}) },
            over: part(over),
            show: "value",
            percent,
            ...(name.trim() ? { name: name.trim() } : {}),
          })
        }
      >
        {t("report.add")}
      </Button>
    </>
  );
}

interface OnlyProps {
  object: ObjectSchema;
  value: FilterNode | null;
  onChange: (filter: FilterNode | null) => void;
}

/** The condition of those records that count; shown once it is wanted. */
function Only({ object, value, onChange }: OnlyProps) {
  const t = useT();
  const [wanted, setWanted] = useState(false);
  if (!wanted)
    return (
      <Button type="link" className={styles.only} onClick={() => setWanted(true)}>
        {t("report.only")}
      </Button>
    );
  return <Builder object={object} filter={value} onChange={onChange} />;
}
