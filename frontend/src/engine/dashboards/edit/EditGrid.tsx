/**
 * Widgets that can be moved and resized: by the mouse or a finger at their head and corner, by the keyboard at their
 * handle. On a phone they stand one below the other and are only taken out or set up.
 */
import { Button } from "antd";
import { GripVertical, Settings2, X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { GridLayout, type Layout, useContainerWidth } from "react-grid-layout";
import { Icon } from "@/kit";
import styles from "../dashboards.module.css";
import { COLUMNS, GAP, LEAST, nudged, ROW } from "../grid";
import { useT } from "../messages";
import type { Place, Widget, WidgetFigures } from "../types";
import { useWidgetName, WidgetCard } from "../WidgetCard";

interface Props {
  widgets: Widget[];
  counted: ReadonlyMap<string, WidgetFigures>;
  stacked: boolean;
  onChange: (widgets: Widget[]) => void;
  onSettings: (id: string) => void;
  onRemove: (id: string) => void;
}

const STEPS: Record<string, Partial<Place>> = {
  ArrowLeft: { x: -1 },
  ArrowRight: { x: 1 },
  ArrowUp: { y: -1 },
  ArrowDown: { y: 1 },
};
const GROWTH: Record<string, Partial<Place>> = {
  ArrowLeft: { w: -1 },
  ArrowRight: { w: 1 },
  ArrowUp: { h: -1 },
  ArrowDown: { h: 1 },
};

const GRID = { cols: COLUMNS, rowHeight: ROW, margin: [GAP, GAP] as const, containerPadding: [0, 0] as const };
const DRAG = { handle: ".gx-drag", cancel: "button:not(.gx-grip)" };

export function EditGrid({ widgets, counted, stacked, onChange, onSettings, onRemove }: Props) {
  const t = useT();
  const nameOf = useWidgetName();
  const { width, containerRef, mounted } = useContainerWidth();
  const [said, setSaid] = useState("");
  const settle = (layout: Layout) => {
    const next = widgets.map((widget) => {
      const place = layout.find((each) => each.i === widget.id);
      return place ? { ...widget, x: place.x, y: place.y, w: place.w, h: place.h } : widget;
    });
    if (next.some((each, at) => !samePlace(each, widgets[at]))) onChange(next);
  };
  const onKey = (widget: Widget, event: KeyboardEvent) => {
    const change = (event.shiftKey ? GROWTH : STEPS)[event.key];
    if (!change) return;
    event.preventDefault();
    const next = nudged(widgets, widget.id, change);
    onChange(next);
    const placed = next.find((each) => each.id === widget.id) ?? widget;
    const where = { column: placed.x + 1, row: placed.y + 1, w: placed.w, h: placed.h };
    setSaid(t("widget.moved", { name: nameOf(widget, counted.get(widget.id)), ...where }));
  };
  const card = (widget: Widget) => {
    const name = nameOf(widget, counted.get(widget.id));
    return (
      <WidgetCard
        widget={widget}
        counted={counted.get(widget.id)}
        tools={
          <span className={styles.tools}>
            {!stacked && (
              <Button
                type="text"
                size="small"
                className="gx-grip"
                aria-label={t("widget.move", { name })}
                title={t("widget.move", { name })}
                icon={<Icon as={GripVertical} size={14} />}
                onKeyDown={(event) => onKey(widget, event)}
              />
            )}
            <Button
              type="text"
              size="small"
              aria-label={t("widget.settings", { name })}
              title={t("widget.settings", { name })}
              icon={<Icon as={Settings2} size={14} />}
              onClick={() => onSettings(widget.id)}
            />
            <Button
              type="text"
              size="small"
              aria-label={t("widget.remove", { name })}
              title={t("widget.remove", { name })}
              icon={<Icon as={X} size={14} />}
              onClick={() => onRemove(widget.id)}
            />
          </span>
        }
      />
    );
  };
  if (stacked)
    return (
      <div className={styles.grid}>
        {[...widgets]
          .sort((a, b) => a.y - b.y || a.x - b.x)
          .map((widget) => (
            <div key={widget.id} className={styles.cell} data-kind={widget.kind}>
              {card(widget)}
            </div>
          ))}
      </div>
    );
  return (
    <div ref={containerRef} className={styles.editing}>
      <span aria-live="polite" className="gx-hidden">
        {said}
      </span>
      {mounted && (
        <GridLayout
          width={width}
          gridConfig={GRID}
          dragConfig={DRAG}
          layout={widgets.map((widget) => {
            const least = LEAST[widget.kind];
            const { x, y, w, h } = widget;
            return { i: widget.id, x, y, w, h, minW: least.w, minH: least.h, maxH: 40 };
          })}
          onLayoutChange={settle}
        >
          {widgets.map((widget) => (
            <div key={widget.id} className={styles.cell} data-kind={widget.kind}>
              {card(widget)}
            </div>
          ))}
        </GridLayout>
      )}
    </div>
  );
}

const samePlace = (a: Place, b: Place | undefined): boolean =>
  b !== undefined && a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;
