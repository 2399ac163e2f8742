import { Select } from "antd";
import type { ConfigProps } from "../config";
import { useT } from "../config-messages";
import { ConfigItem } from "../shared/ConfigItem";
import styles from "../shared/fields.module.css";

const REGIONS = ["CN", "HK", "MO", "TW", "SG", "US", "GB", "JP", "KR", "DE"] as const;

export default function Config({ config, onChange }: ConfigProps) {
  const t = useT();
  return (
    <ConfigItem name={t("region")}>
      {(id) => (
        <Select
          id={id}
          className={styles.fill}
          value={(config.default_region as string | undefined) ?? "CN"}
          onChange={(region: string) => onChange({ ...config, default_region: region })}
          options={REGIONS.map((region) => ({ value: region, label: t(`regions.${region}`) }))}
        />
      )}
    </ConfigItem>
  );
}
