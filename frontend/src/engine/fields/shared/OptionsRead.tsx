import type { ReadProps } from "../contract";
import styles from "./fields.module.css";
import { OptionChip, optionOf } from "./OptionChip";

export function OptionsRead({ value, field, place }: ReadProps<string[]>) {
  return (
    <span className={place === "cell" ? styles.chipsLine : styles.chips}>
      {value.map((each) => (
        <OptionChip key={each} option={optionOf(field.options, each)} value={each} />
      ))}
    </span>
  );
}
