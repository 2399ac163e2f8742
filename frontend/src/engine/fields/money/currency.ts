import type { RecordData } from "@/api/types";

/** What a field's configuration says where its amounts are in the workspace's currency, whatever the record's. */
const WORKSPACE = "workspace";

/** The record's own currency, else the field's, else the workspace's (undefined). */
export function currencyOf(config: Record<string, unknown>, record?: RecordData): string | undefined {
  if (config.currency === WORKSPACE) return undefined;
  if (typeof record?.currency === "string") return record.currency;
  return typeof config.currency === "string" ? config.currency : undefined;
}
