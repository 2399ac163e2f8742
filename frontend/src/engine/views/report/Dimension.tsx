/** The rows or the columns of a report: a field here or along relations, dates by period, numbers in ranges. */
import { Input, Select } from "antd";
import { useState } from "react";
import type { Field, ObjectSchema } from "@/api/types";
import { FieldPathPicker } from "../filter/FieldPathPicker";
import { type GroupBy, RANGE } from "../group-filter";
import { useT } from "../messages";
import { isDimension, isNumeric, useFieldAt } from "./names";
import styles from "./report.module.css";

interface Props {
  object: ObjectSchema;
  at: 0 | 1;
  value: GroupBy[];
  onChange: (groups: GroupBy[]) => void;
}

const MOST_EDGES = 30;

/** Where ranges of such numbers usually end. */
function usualEdges(field: Field): number[] {
  if (field.type === "percent") return [20, 40, 60, 80, 100];
  if (field.type === "rating") return [2, 3, 4, 5];
  return field.type === "money" ? [10_000, 50_000, 100_000, 500_000, 1_000_000] : [10, 20, 50, 100, 500];
}

export function Dimension({ object, at, value, onChange }: Props) {
  const t = useT();
  const fieldAt = useFieldAt(object);
  const by = value[at];
  const field = fieldAt(by?.field);
  const buckets = field?.buckets ?? [];
  const name = t(at === 0 ? "report.rows" : "report.columns");
  const set = (next: GroupBy | null) =>
    onChange(at === 0 ? [...(next ? [next] : []), ...value.slice(1)] : [...value.slice(0, 1), ...(next ? [next] : [])]);
  const choose = (path: string) => {
    if (path === by?.field || (path && path === value[1 - at]?.field)) return;
    const chosen = fieldAt(path);
    if (!chosen) return set(null);
    const offered = chosen.buckets ?? [];
    const bucket = offered.includes("month") ? "month" : offered[0];
    if (!bucket && isNumeric(chosen)) return set({ field: path, bucket: RANGE, edges: usualEdges(chosen) });
    set({ field: path, ...(bucket ? { bucket } : {}) });
  };
  return (
    <div className={styles.choice}>
      <span>{name}</span>
      <div className={styles.dimension}>
        <FieldPathPicker
          object={object}
          size="small"
          label={name}
          placeholder={t("report.none")}
          fits={isDimension}
          value={by?.field ?? ""}
          onChange={choose}
        />
      </div>
      {by && buckets.length > 0 && (
        <Select
          size="small"
          aria-label={t("display.bucket")}
          value={by.bucket ?? undefined}
          options={buckets.map((bucket) => ({ value: bucket, label: t(`bucket.${bucket as "day"}`) }))}
          onChange={(bucket: string) => set({ field: by.field, bucket })}
        />
      )}
      {by?.bucket === RANGE && (
        <Edges key={by.field} value={by.edges ?? []} onChange={(edges) => set({ ...by, edges })} />
      )}
    </div>
  );
}

function Edges({ value, onChange }: { value: number[]; onChange: (edges: number[]) => void }) {
  const t = useT();
  const [text, setText] = useState(value.join(", "));
  const edges = [
    ...new Set(
      text
        .split(/[,，、;；\s]+/)
        .filter(Boolean)
        .map(Number),
    ),
  ].sort((a, b) => a - b);
  const fits = edges.length > 0 && edges.length <= MOST_EDGES && edges.every((edge) => Math.abs(edge) < 1e15);
  const done = () => {
    if (fits && edges.join() !== value.join()) onChange(edges);
  };
  return (
    <Input
      size="small"
      className={styles.edges}
      aria-label={t("report.edges")}
      title={t("report.edges")}
      status={fits ? undefined : "error"}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={done}
      onPressEnter={done}
    />
  );
}
