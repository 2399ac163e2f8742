import type { ConfigProps } from "../config";
import { ConfigRange } from "../shared/ConfigItem";

export default function Config(props: ConfigProps) {
  return <ConfigRange {...props} />;
}
