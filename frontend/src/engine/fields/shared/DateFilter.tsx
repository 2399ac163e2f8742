import { DatePicker, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useLabel } from "@/i18n";
import { isRelative, PERIODS, readRelative, writeRelative } from "../../views/filter/operators";
import { useT as useViewsT } from "../../views/messages";
import type { FilterProps } from "../contract";
import styles from "./fields.module.css";

const UNITS = ["d", "w", "m", "q", "y"] as const;
const FORMAT = "YYYY-MM-DD";

/** A day, a distance from today, or a named period. */
export function DateFilter({ value, field, op, onChange }: FilterProps) {
  const label = useLabel();
  const t = useViewsT();
  const name = label(field.label);
  if (op === "within") {
    const options = PERIODS.map((each) => ({ value: each as string, label: t(`period.${each}`) }));
    return (
      <Select
        className={styles.fill}
        aria-label={name}
        value={typeof value === "string" ? value : undefined}
        onChange={onChange}
        options={options}
      />
    );
  }
  if (op === "between") {
    const [from, to] = Array.isArray(value) ? value : [];
    const day = (each: unknown) => (typeof each === "string" ? dayjs(each) : null);
    return (
      <DatePicker.RangePicker
        className={styles.fill}
        value={[day(from), day(to)]}
        onChange={(range) => onChange(range ? range.map((each) => each?.format(FORMAT) ?? null) : null)}
      />
    );
  }
  const relative = isRelative(value);
  return (
    <span className={styles.pair}>
      <Select
        aria-label={name}
        value={relative ? "relative" : "exact"}
        popupMatchSelectWidth={false}
        onChange={(mode) => onChange(mode === "relative" ? writeRelative(-30, "d") : null)}
        options={[
          { value: "exact", label: t("relative.exact") },
          { value: "relative", label: t("relative.relative") },
        ]}
      />
      {relative ? (
        <Distance text={value.relative} name={name} onChange={onChange} />
      ) : (
        <DatePicker
          className={styles.fill}
          aria-label={name}
          value={typeof value === "string" ? dayjs(value) : null}
          onChange={(day) => onChange(day?.format(FORMAT) ?? null)}
        />
      )}
    </span>
  );
}

function Distance({ text, name, onChange }: { text: string; name: string; onChange: (value: unknown) => void }) {
  const t = useViewsT();
  const { amount, unit } = readRelative(text) ?? { amount: 0, unit: "d" };
  const past = amount <= 0;
  const count = Math.abs(amount);
  const set = (n: number, u: string, before: boolean) => onChange(writeRelative(before ? -n : n, u));
  return (
    <>
      <InputNumber<number>
        min={0}
        max={999}
        controls={false}
        className={styles.short}
        aria-label={name}
        value={count}
        onChange={(n) => set(n ?? 0, unit, past)}
      />
      <Select
        aria-label={name}
        value={`${unit}${past ? "-" : "+"}`}
        popupMatchSelectWidth={false}
        onChange={(next: string) => set(count, next.charAt(0), next.endsWith("-"))}
        options={["-", "+"].flatMap((sign) =>
          UNITS.map((each) => ({
            value: `${each}${sign}`,
            label: `${t(`relative.unit_${each}`)} ${t(sign === "-" ? "relative.ago" : "relative.ahead")}`,
          })),
        )}
      />
    </>
  );
}
