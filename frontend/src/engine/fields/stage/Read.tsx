import { useLabel } from "@/i18n";
import { Chip } from "@/kit";
import type { ReadProps } from "../contract";
import styles from "../shared/fields.module.css";
import { optionOf } from "../shared/OptionChip";
import { stageColor } from "./stage-color";

export function Read({ value, field }: ReadProps<string>) {
  const label = useLabel();
  const option = optionOf(field.options, value);
  const tone = option?.kind === "won" ? "ok" : option?.kind === "lost" ? "clay" : "mute";
  return (
    <Chip
      tone={tone}
      icon={<span className={styles.dot} style={{ background: stageColor(field.options, value) }} aria-hidden="true" />}
    >
      {label(option?.label, value)}
    </Chip>
  );
}
