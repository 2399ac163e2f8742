import { InputNumber } from "antd";
import { type ReactNode, useId } from "react";
import type { ConfigProps } from "../config";
import { useT } from "../config-messages";
import styles from "./fields.module.css";

/** One setting of a type with its name above it. */
export function ConfigItem({
  name,
  hint,
  children,
}: {
  name: string;
  hint?: ReactNode;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className={styles.configItem}>
      <label htmlFor={id}>{name}</label>
      {children(id)}
      {hint && <span className="gx-3 gx-s12">{hint}</span>}
    </div>
  );
}

interface NumberProps extends Pick<ConfigProps, "config" | "onChange"> {
  setting: string;
  name: string;
  standard?: number;
  min?: number;
  max?: number;
  whole?: boolean;
}

/** A number among the settings; nothing typed means the standard. */
export function ConfigNumber({ config, onChange, setting, name, standard, min, max, whole = true }: NumberProps) {
  const t = useT();
  const given = config[setting];
  const change = (value: number | null) => {
    const { [setting]: _, ...rest } = config;
    onChange(value === null ? rest : { ...rest, [setting]: value });
  };
  return (
    <ConfigItem name={name}>
      {(id) => (
        <InputNumber<number>
          id={id}
          className={styles.fill}
          value={typeof given === "number" ? given : null}
          min={min}
          max={max}
          precision={whole ? 0 : undefined}
          placeholder={standard === undefined ? t("noLimit") : String(standard)}
          onChange={change}
        />
      )}
    </ConfigItem>
  );
}

/** Lowest and highest, side by side. */
export function ConfigRange(props: Pick<ConfigProps, "config" | "onChange">) {
  const t = useT();
  return (
    <div className={styles.configPair}>
      <ConfigNumber {...props} setting="min" name={t("min")} whole={false} />
      <ConfigNumber {...props} setting="max" name={t("max")} whole={false} />
    </div>
  );
}
