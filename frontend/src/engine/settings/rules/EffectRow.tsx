import { Button, Segmented, Select } from "antd";
import { Trash2 } from "lucide-react";
import type { ObjectSchema } from "@/api/types";
import { fieldOf } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { FieldEdit } from "../../fields";
import { FormulaEditor } from "../../formulas";
import { FieldPathPicker } from "../../views/filter/FieldPathPicker";
import { CascadeTable } from "./CascadeTable";
import { FieldSelect } from "./FieldSelect";
import { rulesMessages } from "./messages";
import {
  EFFECT_KINDS,
  type Effect,
  type EffectKind,
  isListing,
  mayBeCalculated,
  mayBeOn,
  mayDecide,
  resultFor,
} from "./model";
import styles from "./rules.module.css";

interface Props {
  object: ObjectSchema;
  effect: Effect;
  onChange: (effect: Effect) => void;
  onRemove?: () => void;
}

/** One thing a rule does: what, to which fields, and with what. */
export function EffectRow({ object, effect, onChange, onRemove }: Props) {
  const t = rulesMessages.useT();
  const { kind } = effect;
  const turn = (next: EffectKind) => {
    const first = effect.fields?.[0] ?? effect.field;
    const field = object.fields.find((each) => each.key === first);
    const fits = field && mayBeOn(object, next)(field);
    if (isListing(next)) onChange({ kind: next, fields: fits ? (effect.fields ?? [field.key]) : [] });
    else onChange({ kind: next, field: fits ? field.key : undefined });
  };
  return (
    <li className={styles.effect}>
      <div className={styles.effectHead}>
        <Select<EffectKind>
          className={styles.kind}
          value={kind}
          onChange={turn}
          options={EFFECT_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          aria-label={t("do")}
        />
        {isListing(kind) ? (
          <FieldSelect<string[]>
            many
            object={object}
            keep={mayBeOn(object, kind)}
            label={t("choose_fields")}
            value={effect.fields}
            onChange={(fields) => onChange({ ...effect, fields })}
          />
        ) : (
          <FieldSelect<string>
            object={object}
            keep={mayBeOn(object, kind)}
            label={t("field")}
            value={effect.field}
            onChange={(field) => onChange({ kind, field })}
          />
        )}
        {onRemove && (
          <Button
            type="text"
            icon={<Icon as={Trash2} size={14} />}
            aria-label={t("remove_effect")}
            onClick={onRemove}
          />
        )}
      </div>
      {effect.field && !isListing(kind) && <Details object={object} effect={effect} onChange={onChange} />}
    </li>
  );
}

function Details({ object, effect, onChange }: Omit<Props, "onRemove">) {
  const t = rulesMessages.useT();
  const label = useLabel();
  const field = fieldOf(object, effect.field ?? "");
  if (!field) return null;
  if (effect.kind === "options")
    return (
      <Select<string[]>
        mode="multiple"
        value={effect.options}
        onChange={(options) => onChange({ ...effect, options })}
        options={(field.options ?? []).map((each) => ({ value: each.value, label: label(each.label, each.value) }))}
        placeholder={t("allowed")}
        aria-label={t("allowed")}
        style={{ width: "100%" }}
      />
    );
  if (effect.kind === "cascade")
    return (
      <>
        <FieldSelect<string>
          object={object}
          keep={(each) => mayDecide(each) && each.key !== field.key}
          label={t("by")}
          value={effect.by}
          onChange={(by) => onChange({ ...effect, by, table: {} })}
        />
        {effect.by && (
          <CascadeTable
            by={fieldOf(object, effect.by)}
            field={field}
            table={effect.table ?? {}}
            onChange={(table) => onChange({ ...effect, table })}
          />
        )}
      </>
    );
  const start: Effect = { kind: "default", field: field.key };
  const way = effect.formula !== undefined ? "formula" : effect.from !== undefined ? "copy" : "constant";
  return (
    <>
      <Segmented
        size="small"
        value={way}
        options={[
          { value: "constant", label: t("constant") },
          { value: "copy", label: t("copy") },
          ...(mayBeCalculated(field) ? [{ value: "formula", label: t("formula") }] : []),
        ]}
        onChange={(next) =>
          onChange({ ...start, ...{ copy: { from: "" }, formula: { formula: "" }, constant: { value: null } }[next] })
        }
      />
      {way === "formula" ? (
        <FormulaEditor
          object={object.key}
          value={effect.formula ?? ""}
          resultType={resultFor(field)}
          fieldKey={field.key}
          onChange={(formula) => onChange({ ...start, formula })}
        />
      ) : way === "copy" ? (
        <FieldPathPicker object={object} value={effect.from ?? ""} onChange={(from) => onChange({ ...start, from })} />
      ) : (
        <FieldEdit
          field={{ ...field, required: false }}
          value={effect.value}
          onChange={(value) => onChange({ ...start, value })}
          place="form"
        />
      )}
    </>
  );
}
