import type { RecordData } from "@/api/types";

/** The record's own currency, else the field's, else the workspace's (undefined). */
export function currencyOf(config: Record<string, unknown>, record?: RecordData): string | undefined {
  if (typeof record?.currency === "string") return record.currency;
  return typeof config.currency === "string" ? config.currency : undefined;
}
