import type { ConfigProps } from "../config";
import { useT } from "../config-messages";
import { ConfigNumber } from "../shared/ConfigItem";

export default function Config(props: ConfigProps) {
  const t = useT();
  return <ConfigNumber {...props} setting="max" name={t("stars")} standard={5} min={2} max={10} />;
}
