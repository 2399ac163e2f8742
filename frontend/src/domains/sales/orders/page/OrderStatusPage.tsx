/** An order on a page of its own, for a customer without an account: how it stands and what is on its way. */
import { Skeleton } from "antd";
import { useParams } from "react-router";
import { isProblem } from "@/api/problem";
import { PublicSheet } from "@/engine/privacy/PublicSheet";
import { useLocale } from "@/i18n";
import { Chip, problemText, type Tone, useFormat } from "@/kit";
import type { OrderPage } from "../model";
import { useOrderPage } from "../queries";
import { Movements } from "./Movements";
import { useT } from "./messages";
import styles from "./page.module.css";

const TONES: Record<string, Tone> = {
  confirmed: "brand",
  in_delivery: "warn",
  delivered: "ok",
  completed: "ok",
  cancelled: "bad",
};

export function OrderStatusPage() {
  const t = useT();
  const format = useFormat();
  const { token = "" } = useParams();
  const page = useOrderPage(token, useLocale());
  const order = page.data;
  if (page.isError) {
    return (
      <PublicSheet title={t("dead")}>
        <p className="gx-2">
          {isProblem(page.error) && page.error.status === 404 ? t("dead_body") : problemText(page.error)}
        </p>
      </PublicSheet>
    );
  }
  if (!order) {
    return (
      <PublicSheet title="">
        <Skeleton active paragraph={{ rows: 10 }} />
      </PublicSheet>
    );
  }
  const facts = [
    order.customer,
    order.ordered_on && t("ordered_on", { day: format.date(order.ordered_on) }),
    order.due_on && t("due_on", { day: format.date(order.due_on) }),
    order.contact && t("contact", { name: order.contact }),
  ].filter(Boolean);
  return (
    <PublicSheet title={t("hello", { firm: order.firm, number: order.number })}>
      <p className={styles.facts}>
        <Chip tone={TONES[order.status.value] ?? "mute"}>{order.status.label}</Chip>
        {facts.map((fact) => (
          <span key={fact} className="gx-2">
            {fact}
          </span>
        ))}
      </p>
      <Items order={order} />
      <section>
        <h2>{t("deliveries")}</h2>
        {order.deliveries.length === 0 && <p className="gx-3">{t("no_deliveries")}</p>}
        <Movements order={order} kind="deliveries" />
      </section>
      {order.returns.length > 0 && (
        <section>
          <h2>{t("returns")}</h2>
          <Movements order={order} kind="returns" />
        </section>
      )}
      <p className="gx-3 gx-s12">{t("until", { day: format.date(order.expires_at) })}</p>
    </PublicSheet>
  );
}

function Items({ order }: { order: OrderPage }) {
  const t = useT();
  const format = useFormat();
  const back = order.items.some((item) => item.returned);
  const done = order.items.filter((item) => (item.delivered ?? 0) + (item.returned ?? 0) >= (item.quantity ?? 1));
  return (
    <section>
      <h2>{t("items")}</h2>
      <p className="gx-3 gx-s13">{t("progress", { done: done.length, all: order.items.length })}</p>
      <table className={styles.items}>
        <thead>
          <tr>
            <th scope="col">{t("item")}</th>
            <th scope="col">{t("quantity")}</th>
            <th scope="col">{t("delivered")}</th>
            {back && <th scope="col">{t("returned")}</th>}
          </tr>
        </thead>
        <tbody>
          {order.items.map((item, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list stands as it is, and its items have no ids here
            <tr key={n}>
              <td>
                {item.name}
                {item.sku && <span className="gx-3 gx-s12"> {item.sku}</span>}
              </td>
              <td data-label={t("quantity")}>
                {format.number(item.quantity ?? 1)} {item.unit}
              </td>
              <td data-label={t("delivered")}>{format.number(item.delivered ?? 0)}</td>
              {back && <td data-label={t("returned")}>{format.number(item.returned ?? 0)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
