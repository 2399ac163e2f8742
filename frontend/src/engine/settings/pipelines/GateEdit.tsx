import { Segmented } from "antd";
import { useState } from "react";
import type { ObjectSchema, StageGate } from "@/api/types";
import { FilterBuilder } from "../../views/filter/FilterBuilder";
import { pipelineMessages } from "./messages";
import { TwoTexts } from "./StageLists";
import styles from "./stage.module.css";

interface Props {
  object: ObjectSchema;
  title: string;
  gate: StageGate | undefined;
  onChange: (gate: StageGate | undefined) => void;
}

const NOTHING = { "zh-CN": "", en: "" };

/** A condition that a record has to meet, and what is said while it does not. */
export function GateEdit({ object, title, gate, onChange }: Props) {
  const t = pipelineMessages.useT();
  const [on, setOn] = useState(Boolean(gate));
  return (
    <div className={styles.label}>
      <span className={styles.line}>
        {title}
        <Segmented<boolean>
          size="small"
          value={on}
          options={[
            { value: false, label: t("no_condition") },
            { value: true, label: t("with_condition") },
          ]}
          onChange={(value) => {
            setOn(value);
            if (!value) onChange(undefined);
          }}
        />
      </span>
      {on && (
        <div className={styles.gate}>
          <FilterBuilder
            object={object}
            filter={gate?.filter ?? null}
            onChange={(filter) => onChange({ ...gate, filter })}
          />
          <TwoTexts
            label={t("message")}
            hint={t("message_hint")}
            value={gate?.message ?? NOTHING}
            onChange={(message) => onChange({ ...gate, message })}
          />
        </div>
      )}
    </div>
  );
}
