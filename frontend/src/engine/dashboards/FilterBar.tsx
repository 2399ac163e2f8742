/** One filter for all widgets: when, whose, which team's. */
import { Button, DatePicker, Select } from "antd";
import dayjs from "dayjs";
import { RotateCcw } from "lucide-react";
import { useMe, useSchema } from "@/api";
import type { ObjectSchema } from "@/api/types";
import { Icon } from "@/kit";
import { AsyncPicker, type Choice, type PickerSource } from "../fields/shared/AsyncPicker";
import { people, teams } from "../fields/shared/pickers";
import { useNames } from "../views/filter/useNames";
import styles from "./dashboards.module.css";
import { useT } from "./messages";
import { isWindow, WINDOWS } from "./periods";
import type { Filters, Period } from "./types";

interface Props {
  value: Filters;
  onChange: (next: Filters) => void;
  /** Back to what the dashboard starts with; absent where it is that. */
  onReset?: () => void;
}

const ALL = "all";
const DAYS = "days";
const DAY = "YYYY-MM-DD";

export function FilterBar({ value, onChange, onReset }: Props) {
  const t = useT();
  const me = useMe();
  const nameOf = useWhose(value);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of filters, no form
    <div className={styles.filters} role="group" aria-label={t("filters.label")}>
      <PeriodSelect value={value.period} onChange={(period) => onChange({ ...value, period })} />
      <Who
        label={t("filters.owner")}
        every={t("filters.anybody")}
        source={people}
        nameOf={nameOf}
        first={[{ id: "me", title: t("filters.me") }]}
        value={value.owner}
        onChange={(owner) => onChange({ ...value, owner })}
      />
      <Who
        label={t("filters.team")}
        every={t("filters.any_team")}
        source={teams}
        nameOf={nameOf}
        first={[
          ...(me.team ? [{ id: "my_team", title: t("filters.my_team") }] : []),
          { id: "my_teams", title: t("filters.my_teams") },
        ]}
        value={value.team}
        onChange={(team) => onChange({ ...value, team })}
      />
      {onReset && (
        <Button type="text" icon={<Icon as={RotateCcw} size={14} />} onClick={onReset}>
          {t("filters.reset")}
        </Button>
      )}
    </div>
  );
}

/** The names of the person and the team that the bar names, whom a link may have brought. */
function useWhose({ owner, team }: Filters) {
  const { byKey, objects } = useSchema();
  const owned = objects.find((object) => object.fields.some(({ key }) => key === "owner"));
  const leaves = [
    { field: "owner", op: "is", value: owner },
    { field: "owner", op: "within", value: team },
  ];
  const asked = owned ? leaves.filter(({ value }) => value) : [];
  return useNames(byKey, owned as ObjectSchema, { join: "and", items: asked });
}

interface PeriodProps {
  value: Period | null;
  onChange: (period: Period | null) => void;
  none?: string;
}

export function PeriodSelect({ value, onChange, none }: PeriodProps) {
  const t = useT();
  const today = dayjs();
  const days = typeof value === "object" ? value : null;
  return (
    <>
      <Select
        aria-label={t("filters.period")}
        popupMatchSelectWidth={false}
        className={styles.period}
        value={value === null ? ALL : isWindow(value) ? value : DAYS}
        options={[
          { value: ALL, label: none ?? t("filters.all_time") },
          ...WINDOWS.map((name) => ({ value: name as string, label: t(`window.${name}`) })),
          { value: DAYS, label: t("filters.days") },
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
          allowClear={false}
          aria-label={t("filters.days")}
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

interface WhoProps {
  label: string;
  every: string;
  source: PickerSource;
  nameOf: (id: string) => string | undefined;
  first: Choice[];
  value: string | null;
  onChange: (id: string | null) => void;
}

function Who({ label, every, source, nameOf, first, value, onChange }: WhoProps) {
  const open: Choice = { id: ALL, title: every };
  const known = first.find((choice) => choice.id === value);
  const chosen = value === null ? open : (known ?? { id: value, title: nameOf(value) ?? label });
  return (
    <div className={styles.who}>
      <AsyncPicker
        label={label}
        source={source}
        first={[open, ...first]}
        value={chosen}
        onChange={(choice) => onChange(choice === null || choice.id === ALL ? null : choice.id)}
        allowClear={false}
        popupWidth={240}
      />
    </div>
  );
}
