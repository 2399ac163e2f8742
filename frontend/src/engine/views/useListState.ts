/**
 * What the list shows: the address over the saved view over the object's own defaults.
 *
 * Rules: filter, sort, search and the open record live in the address; columns, widths and density live with the
 * view and, until saved, in this browser. `dirty` says that something differs from the saved view.
 */
import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Compare, FilterNode, ObjectSchema, ReportMeasure, SavedView, ViewDefinition } from "@/api/types";
import { defaultSort } from "../records/meta";
import type { ColorRule } from "./colors";
import type { GroupBy } from "./group-filter";
import { kindsOf, layoutField } from "./kinds";
import { type ListState, parseSort, readState, type SortKey, type ViewKind, writeState } from "./url-state";
import { usePersisted } from "./usePersisted";

export interface Column {
  field: string;
  width?: number;
}
export type Density = NonNullable<ViewDefinition["density"]>;

export interface Layout {
  columns?: Column[];
  density?: Density;
  groupBy?: string;
  groups?: GroupBy[];
  colors?: ColorRule[];
  end?: string | null;
  cover?: string | null;
  measures?: ReportMeasure[];
  chart?: NonNullable<ViewDefinition["chart"]>;
  top?: number | null;
  compare?: Compare | null;
  pipeline?: string;
}

export function useListState(object: ObjectSchema, views: SavedView[]) {
  const [params, setParams] = useSearchParams();
  const url = useMemo(() => readState(params), [params]);
  const view = useMemo(() => pickView(views, url.view), [views, url.view]);
  const [layout, setLayout] = usePersisted<Layout>(`guanxi.layout.${object.key}.${view?.id ?? "all"}`, {});
  const saved: ViewDefinition = view?.definition ?? NO_DEFINITION;

  const patch = useCallback(
    (change: Partial<ListState>, replace = false) =>
      setParams((before) => writeState({ ...readState(before), ...change }), { replace }),
    [setParams],
  );

  const filter = url.filter === undefined ? (saved.filter ?? null) : url.filter;
  const ownSort = saved.sort ?? defaultSort(object);
  const savedSort = useMemo(() => parseSort(ownSort), [ownSort]);
  const sort = url.sort ?? savedSort;
  const columns = useMemo(
    () => layout.columns ?? (saved.columns?.length ? saved.columns : defaultColumns(object)),
    [layout.columns, saved.columns, object],
  );
  const wanted: ViewKind = url.kind ?? view?.kind ?? "table";
  const kind: ViewKind = kindsOf(object).includes(wanted) ? wanted : "table";
  const density: Density = layout.density ?? saved.density ?? "default";
  const groupBy = layoutField(object, kind, layout.groupBy ?? saved.group_by);
  const groups = layout.groups ?? saved.groups ?? NO_GROUPS;
  const colors = layout.colors ?? saved.colors ?? [];
  const end = layout.end === undefined ? (saved.end ?? null) : layout.end;
  const cover = layout.cover === undefined ? (saved.cover ?? null) : layout.cover;
  const unshaped = layout.groups === undefined && groups.length === 0 && view?.kind !== "report";
  const report = useMemo(
    () => ({
      // A report that nobody has shaped yet starts with what boards of the object are laid out by.
      groups: unshaped ? startsWith(object) : groups,
      measures: layout.measures ?? (saved.measures?.length ? saved.measures : COUNTED),
      chart: layout.chart ?? saved.chart ?? ("bar" as const),
      top: layout.top === undefined ? (saved.top ?? null) : layout.top,
      compare: layout.compare === undefined ? (saved.compare ?? null) : layout.compare,
    }),
    [groups, unshaped, object, layout, saved],
  );

  return {
    view,
    filter,
    sort,
    columns: columns.filter((column) => knownColumn(object, column.field)),
    kind,
    density,
    groupBy,
    groups,
    colors,
    end,
    cover,
    report,
    pipeline: layout.pipeline ?? null,
    q: url.q,
    open: url.open,
    dirty: url.filter !== undefined || url.sort !== undefined || Object.keys(layout).length > 0,
    patch,
    setFilter: (next: FilterNode | null) => patch({ filter: equal(next, saved.filter ?? null) ? undefined : next }),
    setSort: (next: SortKey[]) => patch({ sort: equal(next, savedSort) ? undefined : next }),
    setQ: (q: string) => patch({ q }, true),
    setKind: (next: ViewKind) => patch({ kind: next === (view?.kind ?? "table") ? null : next, open: null }),
    setOpen: (id: string | null, replace = false) => patch({ open: id }, replace),
    setView: (id: string | null) =>
      patch({ view: id, filter: undefined, sort: undefined, kind: null, q: "", open: null }),
    setLayout: (change: Layout) => setLayout({ ...layout, ...change }),
    setReport: (change: Partial<typeof report>) => setLayout({ ...layout, groups: report.groups, ...change }),
    reset: () => {
      setLayout({});
      patch({ filter: undefined, sort: undefined, kind: null });
    },
    /** The state as a definition that can be saved. */
    definition: {
      filter,
      sort: sort.map((key) => (key.desc ? `-${key.field}` : key.field)).join(",") || null,
      columns,
      group_by: groupBy,
      density,
      groups: kind === "report" ? report.groups : groups,
      colors,
      end,
      cover,
      ...(kind === "report"
        ? { measures: report.measures, chart: report.chart, top: report.top, compare: report.compare }
        : {}),
    } satisfies ViewDefinition,
  };
}

export type ListControls = ReturnType<typeof useListState>;

const NO_GROUPS: GroupBy[] = [];
const NO_DEFINITION: ViewDefinition = {};
const COUNTED: ReportMeasure[] = [{ op: "count", show: "value" }];

function startsWith(object: ObjectSchema): GroupBy[] {
  const field = layoutField(object, "board", null);
  return field ? [{ field }] : NO_GROUPS;
}

function pickView(views: SavedView[], id: string | null): SavedView | undefined {
  return views.find((view) => view.id === id) ?? views.find((view) => view.is_default) ?? views[0];
}

export function defaultColumns(object: ObjectSchema): Column[] {
  const listed = object.fields.filter((field) => field.in_list).sort((a, b) => a.position - b.position);
  const rest = listed.filter((field) => field.key !== object.title_field).map((field) => ({ field: field.key }));
  return [{ field: object.title_field }, ...rest];
}

const knownColumn = (object: ObjectSchema, path: string): boolean =>
  object.fields.some((field) => field.key === path.split(".")[0]);

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
