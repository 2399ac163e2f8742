import { Checkbox, Input, Select } from "antd";
import { Search } from "lucide-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon } from "@/kit";
import { useT } from "./messages";
import { type Flat, fieldRight, RIGHTS, type Right, reach } from "./model";
import type { FieldCell, ObjectRights } from "./queries";
import styles from "./roles.module.css";

interface Props {
  flat: Flat;
  saved: Flat;
  objects: ObjectRights[];
  readOnly: boolean;
  onChange: (paths: Record<string, string | boolean | undefined>) => void;
}

/** The fields of one object, each hidden, masked, read or edited. */
export function FieldRights({ flat, saved, objects, readOnly, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const [search, setSearch] = useSearchParams();
  const [typed, setTyped] = useState("");
  const [onlySet, setOnlySet] = useState(false);
  const object = objects.find((each) => each.key === search.get("object")) ?? objects[0];
  if (!object) return null;
  const setOf = (key: string) => Object.keys(flat).filter((path) => path.startsWith(`fields.${key}.`)).length;
  const open = (key: string) => {
    setTyped("");
    setSearch({ tab: "fields", object: key }, { replace: true });
  };
  const wanted = typed.trim().toLowerCase();
  const shown = object.fields
    .filter((field) => !wanted || label(field.label).toLowerCase().includes(wanted) || field.key.includes(wanted))
    .filter((field) => !onlySet || fieldRight(flat, object.key, field.key) !== "edit");
  const seenBy = objects.find((each) => each.key === object.line_of) ?? object;
  const count = (key: string) => (setOf(key) ? ` · ${t("set_n", { n: setOf(key) })}` : "");
  return (
    <div className={styles.split}>
      <nav className={styles.objectNav} aria-label={t("field_object")}>
        {objects.map((each) => (
          <button key={each.key} type="button" aria-pressed={each === object} onClick={() => open(each.key)}>
            <span className="gx-cut">{label(each.label)}</span>
            {setOf(each.key) > 0 && <span className="gx-3 gx-s12">{setOf(each.key)}</span>}
          </button>
        ))}
      </nav>
      <div className={styles.fieldsPane}>
        <div className={styles.fieldTools}>
          <Select
            className={styles.objectSelect}
            aria-label={t("field_object")}
            value={object.key}
            onChange={open}
            options={objects.map((each) => ({ value: each.key, label: label(each.label) + count(each.key) }))}
          />
          <Input
            prefix={<Icon as={Search} size={14} className="gx-3" />}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder={t("field_search")}
            aria-label={t("field_search")}
            allowClear
          />
          <Checkbox checked={onlySet} onChange={(event) => setOnlySet(event.target.checked)}>
            {t("field_only_set")}
          </Checkbox>
        </div>
        {reach(flat, seenBy, "see") === "none" && <p className={styles.note}>{t("field_unseen")}</p>}
        <ul className={styles.legend}>
          {RIGHTS.map((right) => (
            <li key={right}>
              <span className={styles.swatch} data-right={right}>
                {t(`right.${right}`)}
              </span>
              {t(`right_help.${right}`)}
            </li>
          ))}
        </ul>
        {shown.length === 0 && <Empty small title={t("field_none")} />}
        <ul className={styles.fieldList}>
          {shown.map((field) => {
            const path = `fields.${object.key}.${field.key}`;
            return (
              <FieldLine
                key={field.key}
                object={object.key}
                field={field}
                right={fieldRight(flat, object.key, field.key)}
                changed={flat[path] !== saved[path]}
                readOnly={readOnly}
                onChange={(right) => onChange({ [path]: right === "edit" ? undefined : right })}
              />
            );
          })}
        </ul>
      </div>
    </div>
  );
}

interface LineProps {
  object: string;
  field: FieldCell;
  right: Right;
  changed: boolean;
  readOnly: boolean;
  onChange: (right: Right) => void;
}

function FieldLine({ object, field, right, changed, readOnly, onChange }: LineProps) {
  const t = useT();
  const label = useLabel();
  const name = label(field.label);
  return (
    <li data-changed={changed}>
      <span className={styles.fieldName} title={field.fixed ? t("field_always") : undefined}>
        <span className="gx-cut">{name}</span>
        {field.sensitive && <Chip tone="warn">{t("sensitive")}</Chip>}
        {field.confidential && <Chip tone="warn">{t("confidential")}</Chip>}
      </span>
      <fieldset className={styles.rights} aria-label={name} disabled={readOnly}>
        {RIGHTS.map((each) => (
          <label key={each} data-right={each}>
            <input
              type="radio"
              name={`${object}.${field.key}`}
              aria-label={`${name}: ${t(`right.${each}`)}`}
              checked={right === each}
              disabled={field.fixed && (each === "hidden" || each === "masked")}
              onChange={() => onChange(each)}
            />
            <span aria-hidden="true">{t(`right.${each}`)}</span>
          </label>
        ))}
      </fieldset>
    </li>
  );
}
