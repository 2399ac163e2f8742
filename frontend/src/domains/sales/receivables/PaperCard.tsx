/** What a contract or an order has brought so far, its instalments, and how much of it is invoiced. */
import { Link } from "react-router";
import type { ObjectSchema, RecordData } from "@/api/types";
import { recordPath } from "@/engine/records/paths";
import { Card, Chip, Money, RelativeTime, type Tone, useFormat } from "@/kit";
import { useT } from "./messages";
import { cents, type PlanRow } from "./model";
import { usePaperMoney } from "./queries";
import styles from "./receivables.module.css";

const TONES: Record<string, Tone | undefined> = { done: "ok", overdue: "bad", partial: "warn", void: "mute" };
const KNOWN = ["due", "partial", "done", "overdue", "void"] as const;
const MANY = 12;

export function PaperCard({ object, record }: { object: ObjectSchema; record: RecordData }) {
  const t = useT();
  const format = useFormat();
  const { data } = usePaperMoney(object.key, record);
  if (!data?.plans || !data.total) return null;
  const { total, received, unplanned, currency, plans } = data;
  const share = received === null ? 0 : Math.min(100, (cents(received) / Math.max(1, cents(total))) * 100);
  return (
    <Card title={t("card")} count={plans.length || undefined} className={styles.paper}>
      <div className={styles.card}>
        {received !== null && (
          <>
            <p className={styles.lead}>
              {t("received_of", { received: format.money(received, currency), total: format.money(total, currency) })}
            </p>
            <div className={styles.track} aria-hidden="true">
              <span style={{ width: `${share}%` }} />
            </div>
          </>
        )}
        {plans.length === 0 && <p className="gx-3">{t("no_plans")}</p>}
        <ul className={styles.plans}>
          {plans.slice(0, MANY).map((plan) => (
            <Row key={plan.id} plan={plan} currency={currency} />
          ))}
        </ul>
        {data.invoiced != null && data.uninvoiced != null && (data.invoiced !== 0 || data.requested !== 0) && (
          <p className="gx-3 gx-s12">
            {t("invoiced", {
              invoiced: format.money(data.invoiced, currency),
              requested: format.money(data.requested, currency),
              uninvoiced: format.money(data.uninvoiced, currency),
            })}
          </p>
        )}
        {unplanned !== null && unplanned > 0 && (
          <p className="gx-3 gx-s12">{t("unplanned", { amount: format.money(unplanned, currency) })}</p>
        )}
      </div>
    </Card>
  );
}

function Row({ plan, currency }: { plan: PlanRow; currency: string }) {
  const t = useT();
  const status = KNOWN.find((each) => each === plan.status);
  return (
    <li>
      <Link className="gx-link" to={recordPath("payment_plan", plan.id)}>
        {plan.title}
      </Link>
      {plan.due_on && <RelativeTime className="gx-3" value={plan.due_on} as="day" />}
      {plan.amount != null && <Money exact value={plan.amount} currency={currency} />}
      {status && <Chip tone={TONES[status]}>{t(`status.${status}`)}</Chip>}
    </li>
  );
}
