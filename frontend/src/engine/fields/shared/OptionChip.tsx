import type { Option } from "@/api/types";
import { useLabel } from "@/i18n";
import { Chip, toneOf } from "@/kit/Chip";
import { OptionGlyph, toneOfOption } from "./OptionGlyph";

/** A choice as a chip: its tone and its glyph come from the option's colour name. */
export function OptionChip({ option, value }: { option: Option | undefined; value: string }) {
  const label = useLabel();
  if (!option) return <Chip tone="line">{value}</Chip>;
  return (
    <Chip tone={toneOfOption(option.color) ?? toneOf(option.color)} icon={<OptionGlyph color={option.color} />}>
      {label(option.label, value)}
    </Chip>
  );
}

export function optionOf(options: Option[] | null, value: unknown): Option | undefined {
  return options?.find((option) => option.value === value);
}
