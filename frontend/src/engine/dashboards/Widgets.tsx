/** The widgets where they stand; on a phone one below the other. */
import type { CSSProperties } from "react";
import styles from "./dashboards.module.css";
import { compact, heightOf } from "./grid";
import type { Widget, WidgetFigures } from "./types";
import { WidgetCard } from "./WidgetCard";

interface Props {
  widgets: readonly Widget[];
  counted: ReadonlyMap<string, WidgetFigures>;
  failed: boolean;
}

export function Widgets({ widgets, counted, failed }: Props) {
  const placed = compact(widgets);
  const inOrder = [...placed].sort((a, b) => a.y - b.y || a.x - b.x);
  return (
    <div className={styles.grid}>
      {inOrder.map((widget) => (
        <div key={widget.id} className={styles.cell} data-kind={widget.kind} style={placeOf(widget)}>
          <WidgetCard widget={widget} counted={counted.get(widget.id)} failed={failed} />
        </div>
      ))}
    </div>
  );
}

const placeOf = ({ x, y, w, h }: Widget): CSSProperties =>
  ({
    "--column": `${x + 1} / span ${w}`,
    "--rows": `${y + 1} / span ${h}`,
    "--least": `${heightOf(h)}px`,
  }) as CSSProperties;
