/** One filter for all widgets: when, whose, which team's. */
import { Button } from "antd";
import { RotateCcw } from "lucide-react";
import { useMe, useSchema } from "@/api";
import type { ObjectSchema } from "@/api/types";
import { Icon } from "@/kit";
import { AsyncPicker, type Choice, type PickerSource } from "../fields/shared/AsyncPicker";
import { people, teams } from "../fields/shared/pickers";
import { useNames } from "../views/filter/useNames";
import { PeriodSelect } from "../views/period/PeriodSelect";
import styles from "./dashboards.module.css";
import { useT } from "./messages";
import type { Filters } from "./types";

interface Props {
  value: Filters;
  onChange: (next: Filters) => void;
  /** Back to what the dashboard starts with; absent where it is that. */
  onReset?: () => void;
}

const ALL = "all";

export function FilterBar({ value, onChange, onReset }: Props) {
  const t = useT();
  const me = useMe();
  const nameOf = useWhose(value);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of filters, no form
    <div className={styles.filters} role="group" aria-label={t("filters.label")}>
      <PeriodSelect
        value={value.period}
        onChange={(period) => onChange({ ...value, period })}
        none={t("filters.all_time")}
      />
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
