import { Switch } from "antd";
import { useId } from "react";
import { useLabel } from "@/i18n";
import type { DesignField, FieldPatch } from "../design";
import { useT } from "../locales";
import styles from "./fields.module.css";

interface Props {
  field: DesignField;
  errors: Record<string, string>;
  onChange: (patch: FieldPatch) => void;
}
const FIRST = ["required", "in_create", "in_list", "unique"] as const;
const REST = ["searchable", "indexed", "sensitive", "confidential", "reveals", "hidden", "deprecated"] as const;
type Flag = (typeof FIRST)[number] | (typeof REST)[number];
const HINTED = ["required", "unique", "indexed", "sensitive", "reveals", "hidden", "deprecated"] as const;
/** Said before it is switched on, too. */
const ALWAYS: readonly Flag[] = ["sensitive", "confidential"];

export function Switches({ field, errors, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const shown = (flags: readonly Flag[]) => flags.filter((flag) => field.settable.includes(flag));
  const hintOf = (flag: Flag) => {
    if (flag === "confidential") return t("props.confidentialHint", { why: label(field.why_plain) });
    return isHinted(flag) ? t(`props.${flag}Hint`) : undefined;
  };
  const row = (flag: Flag) => (
    <SwitchRow
      key={flag}
      name={t(`props.${flag}`)}
      hint={hintOf(flag)}
      always={ALWAYS.includes(flag)}
      error={errors[flag]}
      checked={Boolean(field[flag])}
      onChange={(on) => onChange({ [flag]: on })}
    />
  );
  const rest = shown(REST);
  return (
    <>
      <div className={styles.switches}>{shown(FIRST).map(row)}</div>
      {rest.length > 0 && (
        <details className={styles.more} open={rest.some((flag) => field[flag] || errors[flag])}>
          <summary>{t("props.advanced")}</summary>
          <div className={styles.switches}>{rest.map(row)}</div>
        </details>
      )}
    </>
  );
}

const isHinted = (flag: Flag): flag is (typeof HINTED)[number] => (HINTED as readonly string[]).includes(flag);

interface RowProps {
  name: string;
  hint?: string;
  always?: boolean;
  error?: string;
  checked: boolean;
  onChange: (on: boolean) => void;
}

function SwitchRow({ name, hint, always, error, checked, onChange }: RowProps) {
  const id = useId();
  return (
    <div className={styles.switchRow}>
      <div>
        <label htmlFor={id}>{name}</label>
        {error ? <em>{error}</em> : (checked || always) && hint && <span className="gx-3 gx-s12">{hint}</span>}
      </div>
      <Switch id={id} size="small" checked={checked} onChange={onChange} aria-label={name} />
    </div>
  );
}
