import { App, Button } from "antd";
import { Copy } from "lucide-react";
import { Chip, Icon, type Tone, useFormat } from "@/kit";
import type { Movement, OrderPage } from "../model";
import { useT } from "./messages";
import styles from "./page.module.css";

const TONES: Record<string, Tone> = { planned: "mute", requested: "mute", shipped: "brand", received: "ok" };

/** Deliveries or returns, the latest first: when, by whom, and what is in them. */
export function Movements({ order, kind }: { order: OrderPage; kind: "deliveries" | "returns" }) {
  const t = useT();
  const format = useFormat();
  const on = (key: "planned_on" | "shipped_on" | "received_on" | "taken_on" | "requested_on", day: string | null) =>
    day ? [t(key, { day: format.date(day) })] : [];
  if (kind === "returns") {
    return (
      <ul className={styles.movements}>
        {order.returns.map((each, n) => (
          <Row
            key={each.number ?? n}
            movement={each}
            extra={each.kind.label}
            days={[...on("requested_on", each.requested_on), ...on("taken_on", each.received_on)]}
          />
        ))}
      </ul>
    );
  }
  return (
    <ul className={styles.movements}>
      {order.deliveries.map((each, n) => (
        <Row
          key={each.number ?? n}
          movement={each}
          days={[
            ...(each.shipped_on ? [] : on("planned_on", each.planned_on)),
            ...on("shipped_on", each.shipped_on),
            ...on("received_on", each.received_on),
          ]}
          carrier={each.carrier}
          tracking={each.tracking_number}
        />
      ))}
    </ul>
  );
}

interface Props {
  movement: Movement;
  days: string[];
  extra?: string;
  carrier?: string | null;
  tracking?: string | null;
}

function Row({ movement, days, extra, carrier, tracking }: Props) {
  const t = useT();
  const format = useFormat();
  const { message } = App.useApp();
  return (
    <li>
      <div className={styles.head}>
        <Chip tone={TONES[movement.status.value] ?? "mute"}>{movement.status.label}</Chip>
        {extra && <span>{extra}</span>}
        <span className="gx-3">{movement.number}</span>
        {days.map((day) => (
          <span key={day} className="gx-2">
            {day}
          </span>
        ))}
      </div>
      {(carrier || tracking) && (
        <div className={styles.tracking}>
          {carrier && <span>{carrier}</span>}
          {tracking && (
            <>
              <b translate="no">{tracking}</b>
              <Button
                size="small"
                type="text"
                icon={<Icon as={Copy} size={14} />}
                aria-label={t("copy")}
                onClick={() => void navigator.clipboard.writeText(tracking).then(() => message.success(t("copied")))}
              />
            </>
          )}
        </div>
      )}
      <ul className={styles.pieces}>
        {movement.items.map((piece, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list stands as it is, and its items have no ids here
          <li key={n}>
            <span>{piece.name}</span>
            <span>
              {format.number(piece.quantity ?? 0)} {piece.unit}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}
