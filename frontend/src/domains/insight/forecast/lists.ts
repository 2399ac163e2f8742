import type { FilterNode } from "@/api";
import { listPath } from "@/engine/records/paths";
import { BLANK, writeState } from "@/engine/views/url-state";

/** The list of the records behind a number. */
export const behind = (object: string, filter: FilterNode) =>
  `${listPath(object)}?${writeState({ ...BLANK, kind: "table", filter })}`;

/** A month as people say it. */
export const monthOf = (day: string, locale: string) =>
  new Intl.DateTimeFormat(locale, { year: "numeric", month: "short", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
