import { Button, InputNumber } from "antd";
import { User, Users, X } from "lucide-react";
import { useState } from "react";
import type { Id } from "@/api";
import { AsyncPicker, type Choice } from "@/engine/fields/shared/AsyncPicker";
import { people, teams } from "@/engine/fields/shared/pickers";
import { Icon } from "@/kit";
import styles from "./assignment.module.css";
import { useT } from "./messages";
import type { Target } from "./model";

interface Props {
  targets: Target[];
  names: Record<Id, string>;
  weighted?: boolean;
  onChange: (targets: Target[]) => void;
}

/** People and teams, each with a weight where it counts. */
export function TargetsEditor({ targets, names, weighted = false, onChange }: Props) {
  const t = useT();
  const [learnt, setLearnt] = useState<Record<Id, string>>({});
  const nameOf = (id: Id) => learnt[id] ?? names[id] ?? t("gone");
  const add = (kind: Target["kind"]) => (choice: Choice | null) => {
    if (!choice || targets.some((each) => each.id === choice.id)) return;
    setLearnt({ ...learnt, [choice.id]: choice.title });
    onChange([...targets, { kind, id: choice.id, weight: 1 }]);
  };
  return (
    <>
      <ul className={styles.targets}>
        {targets.map((target) => (
          <li key={target.id}>
            <Icon as={target.kind === "team" ? Users : User} size={16} />
            <span className={`${styles.body} gx-cut`}>{nameOf(target.id)}</span>
            {weighted && (
              <InputNumber
                size="small"
                min={1}
                max={100}
                prefix={t("weight")}
                aria-label={t("weight_of", { name: nameOf(target.id) })}
                value={target.weight}
                onChange={(weight) =>
                  onChange(targets.map((each) => (each.id === target.id ? { ...each, weight: weight ?? 1 } : each)))
                }
              />
            )}
            <Button
              type="text"
              size="small"
              icon={<Icon as={X} />}
              aria-label={t("remove_of", { name: nameOf(target.id) })}
              onClick={() => onChange(targets.filter((each) => each.id !== target.id))}
            />
          </li>
        ))}
      </ul>
      <div className={styles.two}>
        <div className={styles.label}>
          {t("add_person")}
          <AsyncPicker label={t("add_person")} value={null} source={people} onChange={add("user")} />
        </div>
        <div className={styles.label}>
          {t("add_team")}
          <AsyncPicker label={t("add_team")} value={null} source={teams} onChange={add("team")} />
        </div>
      </div>
    </>
  );
}
