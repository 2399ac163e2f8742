import { Button, Checkbox } from "antd";
import { X } from "lucide-react";
import { AsyncPicker } from "@/engine/fields/shared/AsyncPicker";
import { people, teams } from "@/engine/fields/shared/pickers";
import { useReceiver } from "@/engine/settings/sharing/useReceiver";
import { Icon } from "@/kit";
import type { Member } from "../queries";
import { useT } from "./messages";
import styles from "./pools.module.css";

interface Props {
  members: Member[];
  onChange: (members: Member[]) => void;
}

/** Who is in a pool: everyone, teams with those below them, people; and who of them manages it. */
export function MembersEdit({ members, onChange }: Props) {
  const t = useT();
  const open = members.some((each) => each.kind === "everyone");
  const add = (kind: "team" | "user", id: string | undefined) => {
    if (id && !members.some((each) => each.id === id)) onChange([...members, { kind, id, manages: false }]);
  };
  const named = members.filter((each) => each.kind !== "everyone");
  return (
    <>
      <Checkbox
        checked={open}
        onChange={(event) =>
          onChange(event.target.checked ? [{ kind: "everyone", id: null, manages: false }, ...named] : named)
        }
      >
        {t("everyone")}
      </Checkbox>
      <ul className={styles.members}>
        {named.map((member) => (
          <Row
            key={member.id}
            member={member}
            onManages={(manages) => onChange(members.map((each) => (each === member ? { ...each, manages } : each)))}
            onRemove={() => onChange(members.filter((each) => each !== member))}
          />
        ))}
      </ul>
      <div className={styles.two}>
        <div className={styles.label}>
          {t("add_team")}
          <AsyncPicker label={t("add_team")} value={null} source={teams} onChange={(next) => add("team", next?.id)} />
        </div>
        <div className={styles.label}>
          {t("add_person")}
          <AsyncPicker
            label={t("add_person")}
            value={null}
            source={people}
            onChange={(next) => add("user", next?.id)}
          />
        </div>
      </div>
    </>
  );
}

interface RowProps {
  member: Member;
  onManages: (manages: boolean) => void;
  onRemove: () => void;
}

function Row({ member, onManages, onRemove }: RowProps) {
  const t = useT();
  const kind = member.kind === "team" ? "team" : "user";
  const name = useReceiver(kind, member.id ?? "") ?? "…";
  return (
    <li>
      <span className="gx-3">{t(kind)}</span>
      <b className="gx-cut">{name}</b>
      <Checkbox checked={member.manages} onChange={(event) => onManages(event.target.checked)}>
        {t("manages")}
      </Checkbox>
      <Button type="text" icon={<Icon as={X} />} aria-label={t("remove_member", { name })} onClick={onRemove} />
    </li>
  );
}
