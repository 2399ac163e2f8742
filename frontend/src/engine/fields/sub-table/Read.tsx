import { useObject } from "@/api/useSchema";
import type { LinesValue, ReadProps } from "../contract";
import { currencyOf } from "../money/currency";
import { useT } from "./messages";
import { ReadTable } from "./ReadTable";

const HAPPENED = ["created", "updated", "deleted", "restored", "moved"] as const;

/** The number of lines in a cell, the lines on a page, and in a history what happened to them. */
export function Read({ value, field, record, place }: ReadProps<LinesValue>) {
  const t = useT();
  const object = useObject(field.target ?? undefined);
  if (!Array.isArray(value)) {
    return <>{HAPPENED.flatMap((key) => (value[key] ? [t(key, { count: value[key] })] : [])).join(" · ")}</>;
  }
  if (place === "cell" || !object) return <span className="gx-3">{t("count", { count: value.length })}</span>;
  return <ReadTable object={object} lines={value} currency={currencyOf({}, record)} />;
}
