import { useCallback, useMemo, useState } from "react";
import type { FilterNode, RecordData } from "@/api/types";

/** Chosen rows: some by id, or everything the filter finds. */
export interface Selection {
  ids: ReadonlySet<string>;
  all: boolean;
  has: (id: string) => boolean;
  toggle: (id: string, range?: boolean) => void;
  togglePage: () => void;
  selectAll: () => void;
  clear: () => void;
  size: number;
  state: "none" | "some" | "all";
}

export function useSelection(records: readonly RecordData[], total: number, resetKey: string): Selection {
  const [chosen, setChosen] = useState<{ key: string; ids: ReadonlySet<string>; all: boolean; last: string | null }>({
    key: resetKey,
    ids: new Set(),
    all: false,
    last: null,
  });
  // Another filter is another set of rows: what was chosen does not travel along unseen.
  const now = chosen.key === resetKey ? chosen : { key: resetKey, ids: new Set<string>(), all: false, last: null };

  const toggle = useCallback(
    (id: string, range = false) => {
      const ids = new Set(now.all ? records.map((record) => record.id) : now.ids);
      const on = !ids.has(id);
      for (const each of range && now.last ? between(records, now.last, id) : [id]) {
        if (on) ids.add(each);
        else ids.delete(each);
      }
      setChosen({ key: resetKey, ids, all: false, last: id });
    },
    [now, records, resetKey],
  );

  return useMemo(() => {
    const size = now.all ? total : now.ids.size;
    const set = (ids: ReadonlySet<string>, all: boolean) => setChosen({ key: resetKey, ids, all, last: null });
    return {
      ids: now.ids,
      all: now.all,
      has: (id) => now.all || now.ids.has(id),
      toggle,
      togglePage: () => (size > 0 ? set(new Set(), false) : set(new Set(records.map((record) => record.id)), false)),
      selectAll: () => set(new Set(), true),
      clear: () => set(new Set(), false),
      size,
      state: size === 0 ? "none" : now.all || records.every((record) => now.ids.has(record.id)) ? "all" : "some",
    };
  }, [now, records, total, resetKey, toggle]);
}

function between(records: readonly RecordData[], from: string, to: string): string[] {
  const a = records.findIndex((record) => record.id === from);
  const b = records.findIndex((record) => record.id === to);
  if (a < 0 || b < 0) return [to];
  return records.slice(Math.min(a, b), Math.max(a, b) + 1).map((record) => record.id);
}

/**
 * The body of a bulk call for this selection. "All" is what the list shows: its filter and what is searched in it, with
 * the number that was on screen where that number is exact.
 */
export function bulkTarget(
  selection: Pick<Selection, "all" | "ids" | "size">,
  shown: { filter: FilterNode | null; q: string },
  exact: boolean,
) {
  if (!selection.all) return { ids: [...selection.ids] };
  const filter: FilterNode = shown.filter ?? { field: "id", op: "is_not_empty" };
  return { filter, ...(shown.q ? { q: shown.q } : {}), ...(exact ? { expect: selection.size } : {}) };
}
