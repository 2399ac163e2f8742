/** What insight says of a customer: stage, tier, segment, value and churn, each with why, model and as of when. */
import { useState } from "react";
import { type ObjectSchema, useObject } from "@/api";
import type { RecordData } from "@/api/types";
import { FieldRead } from "@/engine/fields";
import { Card, type Format, useFormat } from "@/kit";
import { History } from "./History";
import styles from "./insight.module.css";
import { useT } from "./messages";
import type { CustomerInsight } from "./model";
import { Offers } from "./Offers";
import { useCustomerInsight } from "./queries";

const HIGH = 70;
const MIDDLE = 40;

export function InsightCard({ object, record }: { object: ObjectSchema; record: RecordData }) {
  const t = useT();
  const format = useFormat();
  const { data } = useCustomerInsight(record);
  const [open, setOpen] = useState(false);
  const schema = useObject("customer") ?? object;
  if (!data?.as_of || Object.keys(data.values).length === 0) return null;
  const value = (key: string) => data.values[key];
  const bought = Number(value("orders") ?? 0) > 0;
  return (
    <Card
      title={t("insight")}
      className={styles.customer}
      more={<span className="gx-3 gx-s12">{t("as_of", { when: format.relative(data.as_of) })}</span>}
    >
      <div className={styles.chips}>
        {["stage", "tier", "segment"].map((key) => {
          const field = schema.fields.find((each) => each.key === `insight_${key}`);
          if (!field || value(key) == null) return null;
          return <FieldRead key={key} field={field} value={value(key)} record={record} />;
        })}
        {value("recency") != null && value("monetary") != null && (
          <span className="gx-3 gx-s12 gx-num">
            {t("scores", { r: Number(value("recency")), f: Number(value("frequency")), m: Number(value("monetary")) })}
          </span>
        )}
      </div>
      {!bought && <p className="gx-3">{t("empty_customer")}</p>}
      {data.why.stage && bought && <p className="gx-2">{data.why.stage}</p>}
      {bought && <p className="gx-3 gx-s12">{said(data, t, format)}</p>}
      {bought && <Figures data={data} />}
      <Offers offers={data.offers} />
      <button type="button" className={styles.how} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t("how")}
      </button>
      {open && <Why data={data} />}
      {open && <History data={data} />}
    </Card>
  );
}

/** Purchases in a line: how many, how much, how often. */
function said(data: CustomerInsight, t: ReturnType<typeof useT>, format: Format): string {
  const { orders, average, gap, last_on } = data.values;
  const parts = [t("orders", { n: Number(orders) })];
  if (average != null) parts.push(t("average", { amount: format.moneyShort(Number(average)) }));
  if (gap != null && Number(orders) > 1) parts.push(t("gap", { n: Math.round(Number(gap)) }));
  if (last_on) parts.push(t("last", { day: format.date(String(last_on)) }));
  return parts.join(" · ");
}

function Figures({ data }: { data: CustomerInsight }) {
  const t = useT();
  const format = useFormat();
  const { clv, clv_low, clv_high, churn, next_on } = data.values;
  const risk = churn == null ? null : Number(churn);
  return (
    <dl className={styles.figures}>
      {clv != null && (
        <div>
          <dt>{t("clv")}</dt>
          <dd className="gx-num">
            {format.moneyShort(Number(clv))}
            {clv_low != null && clv_high != null && (
              <small>
                {t("clv_range", { low: format.moneyShort(Number(clv_low)), high: format.moneyShort(Number(clv_high)) })}
              </small>
            )}
          </dd>
        </div>
      )}
      {risk !== null && (
        <div>
          <dt>{t("churn")}</dt>
          <dd className="gx-num">
            {format.number(risk, 0)}%
            <span
              className={styles.risk}
              data-risk={risk >= HIGH ? "high" : risk >= MIDDLE ? "mid" : "low"}
              aria-hidden="true"
            >
              <i style={{ width: `${Math.min(100, risk)}%` }} />
            </span>
          </dd>
        </div>
      )}
      {next_on != null && (
        <div>
          <dt>{t("next")}</dt>
          <dd className="gx-num">{format.date(String(next_on))}</dd>
        </div>
      )}
    </dl>
  );
}

const NAMED = { tier: "tier_head", segment: "segment", clv: "clv", churn: "churn", next_on: "next" } as const;

/** Each figure's reason, and the model it comes from. */
function Why({ data }: { data: CustomerInsight }) {
  const t = useT();
  return (
    <dl className={styles.why}>
      {Object.entries(NAMED).map(([key, label]) =>
        data.why[key] ? (
          <div key={key}>
            <dt>{t(label)}</dt>
            <dd>
              {data.why[key]}
              {data.models[key] && <span className="gx-3"> {t("model", { model: data.models[key] })}</span>}
            </dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
