import { Alert, Button, DatePicker, Input, InputNumber } from "antd";
import { Plus, X } from "lucide-react";
import { fromPicker, inZone } from "@/engine/fields/datetime/zoned";
import { Icon, useFormat } from "@/kit";
import styles from "./forms.module.css";
import { useT } from "./messages";
import type { FormBody, Prize } from "./model";

interface Props {
  prizes: Prize[];
  closesAt: string | null;
  lacksContact: boolean;
  onChange: (patch: Partial<Pick<FormBody, "prizes" | "closes_at">>) => void;
}

/** What can be won, and until when one enters. */
export function LotteryEdit({ prizes, closesAt, lacksContact, onChange }: Props) {
  const t = useT();
  const { timeZone } = useFormat();
  const put = (at: number, patch: Partial<Prize>) =>
    onChange({ prizes: prizes.map((prize, n) => (n === at ? { ...prize, ...patch } : prize)) });
  return (
    <section>
      <h3>{t("prizes")}</h3>
      <p className="gx-3 gx-s12">{t("prizes_hint")}</p>
      {lacksContact && <Alert type="info" showIcon title={t("contact_needed")} className={styles.hint} />}
      <ul className={styles.lines}>
        {prizes.map((prize, at) => {
          const name = t("prize_n", { n: String(at + 1) });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: prizes have no identity but their place
            <li key={at}>
              <Input
                className={styles.body}
                maxLength={120}
                placeholder={t("prize")}
                aria-label={`${name}: ${t("prize")}`}
                value={prize.name}
                onChange={(event) => put(at, { name: event.target.value })}
              />
              <InputNumber
                min={1}
                max={1000}
                precision={0}
                prefix="×"
                aria-label={`${name}: ${t("count")}`}
                value={prize.count}
                onChange={(count) => put(at, { count: count ?? 1 })}
              />
              <Button
                type="text"
                size="small"
                icon={<Icon as={X} />}
                aria-label={t("remove_of", { name })}
                onClick={() => onChange({ prizes: prizes.filter((_, n) => n !== at) })}
              />
            </li>
          );
        })}
      </ul>
      <Button
        icon={<Icon as={Plus} size={14} />}
        disabled={prizes.length >= 20}
        onClick={() => onChange({ prizes: [...prizes, { name: "", count: 1 }] })}
      >
        {t("prize_add")}
      </Button>
      <div className={styles.label} style={{ marginTop: 16 }}>
        {t("closes")}
        <div>
          <DatePicker
            showTime={{ format: "HH:mm", minuteStep: 5 }}
            format="YYYY-MM-DD HH:mm"
            aria-label={t("closes")}
            needConfirm={false}
            value={closesAt ? inZone(closesAt, timeZone) : null}
            onChange={(picked) => onChange({ closes_at: picked ? fromPicker(picked, timeZone) : null })}
          />
        </div>
        <span className="gx-3 gx-s12">{t("closes_hint")}</span>
      </div>
    </section>
  );
}
