import { Button, Segmented } from "antd";
import { ListPlus, Plus, X } from "lucide-react";
import type { ObjectSchema } from "@/api/types";
import { Icon } from "@/kit";
import { useT } from "../messages";
import styles from "./filter.module.css";
import { LeafRow } from "./LeafRow";
import { firstOperator } from "./operators";
import { type Group, insertAt, isGroup, itemAt, type Join, type Path, removeAt, replaceAt, setJoin } from "./tree";

interface Props {
  object: ObjectSchema;
  root: Group;
  path: Path;
  onChange: (root: Group) => void;
}

const DEEPEST = 3;

/** Conditions that hold together ("all") or one of which holds ("any"); groups nest. */
export function GroupBox({ object, root, path, onChange }: Props) {
  const t = useT();
  const group = itemAt(root, path);
  if (!group || !isGroup(group)) return null;
  const first = object.fields.find((field) => field.key === object.title_field) ?? object.fields[0];
  const blank = { field: first?.key ?? "", op: firstOperator(first) };
  const inner = path.length > 0;
  return (
    <fieldset className={inner ? styles.inner : styles.group}>
      <legend className="gx-hidden">{t(group.join === "and" ? "filter.all" : "filter.any")}</legend>
      {(group.items.length > 1 || inner) && (
        <div className={styles.head}>
          <Segmented<Join>
            size="small"
            value={group.join}
            onChange={(join) => onChange(setJoin(root, path, join))}
            options={[
              { value: "and", label: t("filter.all") },
              { value: "or", label: t("filter.any") },
            ]}
          />
          {inner && (
            <Button
              type="text"
              size="small"
              icon={<Icon as={X} size={14} />}
              aria-label={t("filter.remove_group")}
              onClick={() => onChange(removeAt(root, path))}
            />
          )}
        </div>
      )}
      {group.items.map((item, index) => {
        const at = [...path, index];
        const key = at.join(".");
        return isGroup(item) ? (
          <GroupBox key={key} object={object} root={root} path={at} onChange={onChange} />
        ) : (
          <LeafRow
            key={key}
            object={object}
            leaf={item}
            onChange={(leaf) => onChange(replaceAt(root, at, leaf))}
            onRemove={() => onChange(removeAt(root, at))}
          />
        );
      })}
      <div className={styles.add}>
        <Button
          type="text"
          size="small"
          icon={<Icon as={Plus} size={14} />}
          onClick={() => onChange(insertAt(root, path, blank))}
        >
          {t("filter.add")}
        </Button>
        {path.length < DEEPEST - 1 && (
          <Button
            type="text"
            size="small"
            icon={<Icon as={ListPlus} size={14} />}
            onClick={() =>
              onChange(insertAt(root, path, { join: group.join === "and" ? "or" : "and", items: [blank] }))
            }
          >
            {t("filter.add_group")}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
