import { Button } from "antd";
import { useEffect, useState } from "react";
import type { FilterNode, ObjectSchema } from "@/api/types";
import { useT } from "../messages";
import styles from "./filter.module.css";
import { GroupBox } from "./GroupBox";
import { firstOperator } from "./operators";
import { EMPTY, fromFilter, type Group, insertAt, toFilter } from "./tree";

interface Props {
  object: ObjectSchema;
  filter: FilterNode | null;
  onChange: (filter: FilterNode | null) => void;
}

/** Works on a draft: what is half filled in stays here, what is complete filters the list at once. */
export function FilterBuilder({ object, filter, onChange }: Props) {
  const t = useT();
  const [draft, setDraft] = useState<Group>(() => withFirstRow(object, fromFilter(filter)));
  const text = JSON.stringify(filter);
  useEffect(() => {
    const outside: FilterNode | null = JSON.parse(text);
    setDraft((mine) => (JSON.stringify(toFilter(mine)) === text ? mine : withFirstRow(object, fromFilter(outside))));
  }, [text, object]);
  const change = (next: Group) => {
    setDraft(next);
    onChange(toFilter(next));
  };
  return (
    <div className={styles.builder}>
      <GroupBox object={object} root={draft} path={[]} onChange={change} />
      {filter && (
        <Button type="text" size="small" onClick={() => change(EMPTY)}>
          {t("filter.clear")}
        </Button>
      )}
    </div>
  );
}

function withFirstRow(object: ObjectSchema, group: Group): Group {
  if (group.items.length > 0) return group;
  const field = object.fields.find((each) => each.key === object.title_field) ?? object.fields[0];
  return field ? insertAt(group, [], { field: field.key, op: firstOperator(field) }) : group;
}
