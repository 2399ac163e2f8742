/**
 * The parts of the workbench a person may move and hide. Two columns: work in the wide one, what one keeps an eye on in
 * the narrow one; a part moves within its column. Kept as the person's preference `workbench_widgets`.
 */
export const COLUMNS = {
  main: ["todo", "stalled", "closing"],
  side: ["pace", "approvals", "falling", "funnel", "next", "forgotten"],
} as const;

export type Column = keyof typeof COLUMNS;
export type Widget = (typeof COLUMNS)[Column][number];

export interface Arrangement {
  order: Widget[];
  hidden: Widget[];
}

const ALL: readonly Widget[] = [...COLUMNS.main, ...COLUMNS.side];
const isWidget = (value: unknown): value is Widget => ALL.includes(value as Widget);

/** What was kept, without parts that are gone and with new ones at their usual place: the end of their column. */
export function arrangementOf(kept: unknown): Arrangement {
  const { order, hidden } = (typeof kept === "object" && kept !== null ? kept : {}) as Partial<Record<string, unknown>>;
  const known = Array.isArray(order) ? [...new Set(order.filter(isWidget))] : [];
  return {
    order: [...known, ...ALL.filter((widget) => !known.includes(widget))],
    hidden: Array.isArray(hidden) ? [...new Set(hidden.filter(isWidget))] : [],
  };
}

export function inColumn({ order }: Arrangement, column: Column): Widget[] {
  const own: readonly Widget[] = COLUMNS[column];
  return order.filter((widget) => own.includes(widget));
}

export function shownIn(arrangement: Arrangement, column: Column): Widget[] {
  return inColumn(arrangement, column).filter((widget) => !arrangement.hidden.includes(widget));
}

/** Changes place with its neighbour in the column. */
export function moved(arrangement: Arrangement, widget: Widget, by: -1 | 1): Arrangement {
  const column: Column = (COLUMNS.main as readonly Widget[]).includes(widget) ? "main" : "side";
  const own = inColumn(arrangement, column);
  const other = own[own.indexOf(widget) + by];
  if (!other) return arrangement;
  const order = arrangement.order.map((each) => (each === widget ? other : each === other ? widget : each));
  return { ...arrangement, order };
}

export function toggled(arrangement: Arrangement, widget: Widget): Arrangement {
  const hidden = arrangement.hidden.includes(widget)
    ? arrangement.hidden.filter((each) => each !== widget)
    : [...arrangement.hidden, widget];
  return { ...arrangement, hidden };
}

/** Two narrow parts that follow each other share a row. */
export function inRows(widgets: readonly Widget[]): Widget[][] {
  const rows: Widget[][] = [];
  for (const widget of widgets) {
    const last = rows.at(-1);
    if (widget !== "todo" && last?.length === 1 && last[0] !== "todo") last.push(widget);
    else rows.push([widget]);
  }
  return rows;
}
