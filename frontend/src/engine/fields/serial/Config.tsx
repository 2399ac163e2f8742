import { Input, Select } from "antd";
import type { ConfigProps } from "../config";
import { useT } from "../config-messages";
import { ConfigItem } from "../shared/ConfigItem";
import styles from "../shared/fields.module.css";
import { exampleOf } from "./example";

const STANDARD = "{YYYY}{MM}-{0000}";
const RESETS = ["none", "year", "month", "day"] as const;

/** The pattern with what its first number will look like. */
export default function Config({ config, onChange, errors }: ConfigProps) {
  const t = useT();
  const pattern = typeof config.pattern === "string" ? config.pattern : STANDARD;
  const reset = typeof config.reset === "string" ? config.reset : config.pattern === undefined ? "month" : "none";
  return (
    <>
      <ConfigItem
        name={t("pattern")}
        hint={
          <>
            {t("example", { value: exampleOf(pattern, new Date()) })}
            <br />
            {t("patternHint")}
          </>
        }
      >
        {(id) => (
          <Input
            id={id}
            value={pattern}
            maxLength={60}
            status={errors.config ? "error" : undefined}
            onChange={(event) => onChange({ ...config, reset, pattern: event.target.value })}
          />
        )}
      </ConfigItem>
      <ConfigItem name={t("reset")}>
        {(id) => (
          <Select
            id={id}
            className={styles.fill}
            value={reset}
            onChange={(next: string) => onChange({ ...config, pattern, reset: next })}
            options={RESETS.map((each) => ({ value: each, label: t(`resets.${each}`) }))}
          />
        )}
      </ConfigItem>
    </>
  );
}
