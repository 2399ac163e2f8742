/**
 * Where widgets stand: a grid of twelve columns in which everything moves up as far as it can.
 *
 * How it works: `compact` lets widgets rise, the upper left ones first, so that none covers another and no row stays
 * empty. Moving or resizing one by the keyboard pushes what is in its way down.
 */
import type { Place, Widget } from "./types";

export const COLUMNS = 12;
export const ROW = 48;
export const GAP = 16;

export const LEAST: Record<Widget["kind"], { w: number; h: number }> = {
  figure: { w: 2, h: 2 },
  report: { w: 3, h: 4 },
};

const overlap = (a: Place, b: Place): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const inOrder = <T extends Place>(places: readonly T[]): T[] => [...places].sort((a, b) => a.y - b.y || a.x - b.x);

/** Everything as far up as it goes; `first` keeps its place before the others find theirs. */
export function compact<T extends Place & { id: string }>(places: readonly T[], first?: string): T[] {
  const placed: T[] = [];
  const order = inOrder(places);
  const chosen = order.filter((each) => each.id === first);
  for (const each of [...chosen, ...order.filter((other) => other.id !== first)]) {
    let y = each.id === first ? each.y : 0;
    while (placed.some((other) => overlap({ ...each, y }, other))) y += 1;
    placed.push({ ...each, y });
  }
  // What kept its place may now float above nothing.
  const settled: T[] = [];
  for (const each of inOrder(placed)) {
    let { y } = each;
    while (y > 0 && !settled.some((other) => overlap({ ...each, y: y - 1 }, other))) y -= 1;
    settled.push({ ...each, y });
  }
  return places.map((each) => settled.find((other) => other.id === each.id) ?? each);
}

const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

/** A widget changed by keys: moved by steps of the grid, or made larger. */
export function nudged(widgets: readonly Widget[], id: string, change: Partial<Place>): Widget[] {
  const moved = widgets.map((widget) => {
    if (widget.id !== id) return widget;
    const least = LEAST[widget.kind];
    const w = within(widget.w + (change.w ?? 0), least.w, COLUMNS - widget.x);
    const h = within(widget.h + (change.h ?? 0), least.h, 40);
    const x = within(widget.x + (change.x ?? 0), 0, COLUMNS - w);
    return { ...widget, x, w, h, y: Math.max(0, widget.y + (change.y ?? 0)) };
  });
  return (change.y ?? 0) > 0 ? lowered(moved, id) : compact(moved, id);
}

/** Down means past the next one below: without that it would rise to where it was. */
function lowered(widgets: readonly Widget[], id: string): Widget[] {
  const own = widgets.find((widget) => widget.id === id);
  if (!own) return [...widgets];
  const next = inOrder(widgets).find((each) => each.id !== id && overlap(each, own) && each.y >= own.y - 1);
  const target = next ? next.y + next.h : own.y;
  return compact(widgets.map((widget) => (widget.id === id ? { ...widget, y: target } : widget)));
}

/** Where a new widget goes: the first free place, or below everything. */
export function freePlace(widgets: readonly Place[], size: { w: number; h: number }): Place {
  const end = Math.max(0, ...widgets.map((each) => each.y + each.h));
  for (let y = 0; y < end; y += 1)
    for (let x = 0; x + size.w <= COLUMNS; x += 1) {
      const place = { x, y, ...size };
      if (!widgets.some((each) => overlap(each, place))) return place;
    }
  return { x: 0, y: end, ...size };
}

export const heightOf = (rows: number): number => rows * ROW + (rows - 1) * GAP;
