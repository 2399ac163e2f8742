/** The period of the filter bar in the address, and in words. */
import type { Period } from "@/api/types";
import { isWindow } from "../views/period/windows";
import type { Filters } from "./types";

const DAYS = /^(\d{4}-\d{2}-\d{2})~(\d{4}-\d{2}-\d{2})$/;
const NONE = "all";

function readPeriod(text: string): Period | null {
  const [, from, to] = DAYS.exec(text) ?? [];
  if (from && to) return { from, to };
  return isWindow(text) ? text : null;
}

const written = (period: Period | null): string =>
  period === null ? NONE : typeof period === "string" ? period : `${period.from}~${period.to}`;

/** The filter bar as the server is asked with it. */
export const queryOf = ({ period, owner, team }: Filters): Record<string, string> => ({
  period: written(period),
  owner: owner ?? NONE,
  team: team ?? NONE,
});

/** What the address says over what the dashboard starts with. */
export function readFilters(params: URLSearchParams, own: Filters): Filters {
  const word = (name: "owner" | "team") => {
    const value = params.get(name);
    return value === null ? own[name] : value === NONE ? null : value;
  };
  const period = params.get("period");
  return {
    period: period === null ? own.period : readPeriod(period),
    owner: word("owner"),
    team: word("team"),
  };
}

/** The address of a filter bar: what is as the dashboard has it is left out. */
export function writeFilters(params: URLSearchParams, filters: Filters, own: Filters): URLSearchParams {
  const next = new URLSearchParams(params);
  const set = (name: string, value: string, usual: string) =>
    value === usual ? next.delete(name) : next.set(name, value);
  set("period", written(filters.period), written(own.period));
  set("owner", filters.owner ?? NONE, own.owner ?? NONE);
  set("team", filters.team ?? NONE, own.team ?? NONE);
  return next;
}
