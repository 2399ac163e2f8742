import { ArrowRight } from "lucide-react";
import type { Field, HistoryEntry } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { FieldRead, isBlank } from "../fields";
import styles from "./records.module.css";

type Change = HistoryEntry["changes"][number];

/** 阶段：需求确认 → 方案报价 */
export function ChangeLine({
  field,
  change,
  bare = false,
  named = false,
}: {
  field: Field | undefined;
  change: Change;
  bare?: boolean;
  /** Only which field: nothing was changed. */
  named?: boolean;
}) {
  const label = useLabel();
  const show = (value: unknown) => {
    if (isBlank(value)) return <span className="gx-3">—</span>;
    return field ? <FieldRead field={field} value={value} place="cell" /> : plainText(value);
  };
  if (named) return <span className={styles.change}>{label(change.label, change.field)}</span>;
  return (
    <span className={styles.change}>
      {!bare && <span className="gx-2">{label(change.label, change.field)}</span>}
      <span className={styles.old}>{show(change.old)}</span>
      <Icon as={ArrowRight} size={12} className="gx-3" />
      <span>{show(change.new)}</span>
    </span>
  );
}

function plainText(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    const { name, title } = value as { name?: string; title?: string };
    return name ?? title ?? JSON.stringify(value);
  }
  return String(value);
}
