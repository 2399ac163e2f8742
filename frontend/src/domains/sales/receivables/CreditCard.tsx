/** How much of a customer's credit limit is used. */
import type { ObjectSchema, RecordData } from "@/api/types";
import { Card, Chip, useFormat } from "@/kit";
import { useT } from "./messages";
import { cents } from "./model";
import { useCredit } from "./queries";
import styles from "./receivables.module.css";

export function CreditCard({ record }: { object: ObjectSchema; record: RecordData }) {
  const t = useT();
  const format = useFormat();
  const { data } = useCredit(record);
  if (data?.limit == null || data.used == null || data.left == null) return null;
  const { limit, used, left, currency } = data;
  const share = Math.max(0, Math.min(100, (cents(used) / Math.max(1, cents(limit))) * 100));
  return (
    <Card title={t("credit")} className={styles.paper}>
      <div className={styles.card}>
        <p className={styles.lead}>
          {t("used_of", { used: format.money(used, currency), limit: format.money(limit, currency) })}
          {left < 0 && <Chip tone="bad">{t("over_limit")}</Chip>}
        </p>
        <div className={styles.track} data-over={left < 0 || undefined} aria-hidden="true">
          <span style={{ width: `${share}%` }} />
        </div>
        <p className="gx-3 gx-s12">
          {left < 0
            ? t("credit_over", { amount: format.money(-left, currency) })
            : t("credit_left", { amount: format.money(left, currency) })}
        </p>
      </div>
    </Card>
  );
}
