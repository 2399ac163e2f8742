import type { ReadProps } from "../contract";
import { OptionChip, optionOf } from "./OptionChip";

export function OptionRead({ value, field }: ReadProps<string>) {
  return <OptionChip option={optionOf(field.options, value)} value={value} />;
}
