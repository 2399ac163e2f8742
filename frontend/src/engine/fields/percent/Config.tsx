import type { ConfigProps } from "../config";
import { useT } from "../config-messages";
import { ConfigNumber, ConfigRange } from "../shared/ConfigItem";

export default function Config(props: ConfigProps) {
  const t = useT();
  return (
    <>
      <ConfigNumber {...props} setting="decimals" name={t("decimals")} standard={2} min={0} max={6} />
      <ConfigRange {...props} />
    </>
  );
}
