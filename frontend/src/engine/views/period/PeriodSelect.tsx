/** A period: one of the calendar's, days of one's own or, where that is a choice, all time. */
import { DatePicker, Select } from "antd";
import dayjs from "dayjs";
import type { Period } from "@/api/types";
import { useT } from "../messages";
import { isWindow, WINDOWS } from "./windows";

interface Props {
  value: Period | null;
  onChange: (period: Period | null) => void;
  /** How no period is called; without it one has to be chosen. */
  none?: string;
  size?: "small";
}

const DAY = "YYYY-MM-DD";
const ALL = "all";
const DAYS = "days";

export function PeriodSelect({ value, onChange, none, size }: Props) {
  const t = useT();
  const today = dayjs();
  const days = typeof value === "object" ? value : null;
  return (
    <>
      <Select
        size={size}
        aria-label={t("span.label")}
        popupMatchSelectWidth={false}
        style={{ minWidth: 128 }}
        value={value === null ? ALL : isWindow(value) ? value : DAYS}
        options={[
          ...(none === undefined ? [] : [{ value: ALL, label: none }]),
          ...WINDOWS.map((name) => ({ value: name as string, label: capital(t(`period.${name}`)) })),
          { value: DAYS, label: t("span.days") },
        ]}
        onChange={(next: string) =>
          onChange(
            next === ALL
              ? null
              : next === DAYS
                ? { from: today.startOf("month").format(DAY), to: today.format(DAY) }
                : next,
          )
        }
      />
      {days && (
        <DatePicker.RangePicker
          size={size}
          allowClear={false}
          aria-label={t("span.days")}
          value={[dayjs(days.from), dayjs(days.to)]}
          onChange={(range) => {
            const [from, to] = range ?? [];
            if (from && to) onChange({ from: from.format(DAY), to: to.format(DAY) });
          }}
        />
      )}
    </>
  );
}

/** The names stand in sentences elsewhere; here they stand alone. */
const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
