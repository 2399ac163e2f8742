/** What the figures of a report stand beside: the days before, those a year ago, or a number to reach. */
import { InputNumber, Select } from "antd";
import type { Compare, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { useT } from "../messages";
import { PeriodSelect } from "../period/PeriodSelect";
import { dated, dateOf } from "../period/windows";
import styles from "./report.module.css";

interface Props {
  object: ObjectSchema;
  value: Compare | null;
  onChange: (compare: Compare | null) => void;
}

const HOW = ["none", "previous", "year", "target"] as const;
const ALL = "";

export function Compared({ object, value, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const offered = dated(object);
  const how = value?.how ?? "none";
  const choose = (next: (typeof HOW)[number]) => {
    if (next === "none") return onChange(null);
    const days = { date: value?.date ?? dateOf(object), period: value?.period ?? "this_month" };
    onChange(next === "target" ? { how: next, value: value?.value ?? 100, ...days } : { how: next, ...days });
  };
  const byDate = (date: string) => {
    if (!value) return;
    onChange(
      date === ALL
        ? { ...value, date: null, period: null }
        : { ...value, date, period: value.period ?? ("this_month" as const) },
    );
  };
  return (
    <div className={styles.choice}>
      <span>{t("report.compare")}</span>
      <Select
        size="small"
        aria-label={t("report.compare")}
        value={how}
        popupMatchSelectWidth={false}
        options={HOW.filter((each) => each === "none" || each === "target" || offered.length > 0).map((each) => ({
          value: each,
          label: t(`report.compare_${each}`),
        }))}
        onChange={choose}
      />
      {value?.how === "target" && (
        <InputNumber
          key={value.value}
          size="small"
          aria-label={t("report.target")}
          min={0.01}
          defaultValue={value.value ?? undefined}
          onBlur={(event) => {
            const target = Number(event.target.value.replaceAll(",", ""));
            if (target > 0 && target !== value.value) onChange({ ...value, value: target });
          }}
          onPressEnter={(event) => event.currentTarget.blur()}
        />
      )}
      {value && offered.length > 0 && (
        <Select
          size="small"
          aria-label={t("report.compare_date")}
          value={value.date ?? ALL}
          popupMatchSelectWidth={false}
          showSearch={{ optionFilterProp: "label" }}
          options={[
            ...(value.how === "target" ? [{ value: ALL, label: t("span.all") }] : []),
            ...offered.map((field) => ({ value: field.key, label: label(field.label) })),
          ]}
          onChange={byDate}
        />
      )}
      {value?.date && (
        <PeriodSelect
          size="small"
          value={value.period ?? null}
          onChange={(period) => period && onChange({ ...value, period })}
        />
      )}
    </div>
  );
}
