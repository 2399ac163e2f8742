import { InputNumber, Select } from "antd";
import { useId, useState } from "react";
import { FormulaEditor } from "../../formulas/FormulaEditor";
import styles from "../../formulas/formulas.module.css";
import { typeName, useT } from "../../formulas/messages";
import type { FormulaCheck } from "../../formulas/queries";

interface Props {
  objectKey: string;
  config: Record<string, unknown>;
  onChange: (config: Record<string, unknown>) => void;
  errors: Record<string, string>;
}

const WITH_DECIMALS = new Set(["number", "decimal", "percent"]);

/** The settings of a formula field: the formula, the type of its result, how many decimals. */
export default function Config({ objectKey, config, onChange }: Props) {
  const t = useT();
  const id = useId();
  const [check, setCheck] = useState<FormulaCheck | null>(null);
  const expression = typeof config.expression === "string" ? config.expression : "";
  const wanted = typeof config.result_type === "string" ? config.result_type : "";
  const decimals = typeof config.decimals === "number" ? config.decimals : undefined;
  const types = [...new Set([...(wanted ? [wanted] : []), ...(check?.result_types ?? [])])];
  const change = (more: Record<string, unknown>) =>
    onChange(Object.fromEntries(Object.entries({ ...config, ...more }).filter(([, value]) => value !== undefined)));
  return (
    <div className={styles.editor}>
      <FormulaEditor
        object={objectKey}
        value={expression}
        resultType={wanted}
        decimals={decimals}
        onChange={(next) => change({ expression: next })}
        onCheck={setCheck}
      />
      <div className={styles.settings}>
        <label htmlFor={`${id}-type`}>{t("resultType")}</label>
        <Select
          id={`${id}-type`}
          value={wanted}
          onChange={(type: string) => change({ result_type: type || undefined })}
          options={[
            { value: "", label: t("automatic") },
            ...types.map((type) => ({ value: type, label: typeName(t, type) })),
          ]}
        />
        {WITH_DECIMALS.has(wanted || (check?.result_type ?? "")) && (
          <>
            <label htmlFor={`${id}-decimals`}>{t("decimals")}</label>
            <InputNumber<number>
              id={`${id}-decimals`}
              min={0}
              max={6}
              precision={0}
              value={decimals ?? null}
              placeholder={(wanted || check?.result_type) === "number" ? "0" : "2"}
              onChange={(value) => change({ decimals: value ?? undefined })}
            />
          </>
        )}
      </div>
    </div>
  );
}
