import { Button } from "antd";
import { User, Users, X } from "lucide-react";
import { AsyncPicker } from "@/engine/fields/shared/AsyncPicker";
import { people, teams } from "@/engine/fields/shared/pickers";
import { useReceiver } from "@/engine/settings/sharing/useReceiver";
import { Icon } from "@/kit";
import styles from "../targets.module.css";
import { useT } from "./messages";
import type { Who } from "./model";

/** People and teams a rule is for; none: everybody. */
export function WhoEdit({ value, onChange }: { value: Who[]; onChange: (value: Who[]) => void }) {
  const t = useT();
  const add = (kind: Who["kind"], id: string | undefined) => {
    if (id && !value.some((each) => each.id === id)) onChange([...value, { kind, id }]);
  };
  return (
    <div className={styles.label}>
      {t("people")}
      {value.map((who) => (
        <Chosen key={who.id} who={who} onRemove={() => onChange(value.filter((each) => each !== who))} />
      ))}
      <div className={styles.pair}>
        <AsyncPicker
          label={t("add_person")}
          value={null}
          source={people}
          onChange={(choice) => add("user", choice?.id)}
        />
        <AsyncPicker label={t("add_team")} value={null} source={teams} onChange={(choice) => add("team", choice?.id)} />
      </div>
    </div>
  );
}

function Chosen({ who, onRemove }: { who: Who; onRemove: () => void }) {
  const t = useT();
  const name = useReceiver(who.kind, who.id) ?? "…";
  return (
    <div className={styles.gridName}>
      <Icon as={who.kind === "team" ? Users : User} size={16} />
      <span className="gx-cut">{name}</span>
      <Button
        type="text"
        size="small"
        icon={<Icon as={X} />}
        aria-label={t("remove_of", { name })}
        onClick={onRemove}
      />
    </div>
  );
}
