import { Select } from "antd";
import { useT } from "../locales";
import styles from "./fields.module.css";

/** A week, a month, a quarter, a year: what changes often is asked for often. */
const RHYTHMS = [
  { name: "never", days: 0 },
  { name: "week", days: 7 },
  { name: "month", days: 30 },
  { name: "quarter", days: 91 },
  { name: "year", days: 365 },
] as const;

interface Props {
  days: number;
  error?: string;
  onChange: (days: number) => void;
}

/** After how long a value of the field is to be confirmed again. */
export function ReviewRhythm({ days, error, onChange }: Props) {
  const t = useT();
  const known = RHYTHMS.some((each) => each.days === days);
  const options = [
    ...RHYTHMS.map((each) => ({ value: each.days as number, label: t(`rhythm.${each.name}`) })),
    ...(known ? [] : [{ value: days, label: t("rhythm.days", { n: days }) }]),
  ];
  return (
    <div className={styles.item}>
      <span>{t("rhythm.title")}</span>
      <Select aria-label={t("rhythm.title")} value={days} options={options} onChange={onChange} />
      {error ? <em>{error}</em> : days > 0 && <span className="gx-3 gx-s12">{t("rhythm.hint")}</span>}
    </div>
  );
}
